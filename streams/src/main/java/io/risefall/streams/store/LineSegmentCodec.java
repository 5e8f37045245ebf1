package io.risefall.streams.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.streams.model.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores of each key only what differs from the one before it, the first from the segment's. Builds before stored each line by
 * itself under its key; that is a segment of one line.
 */
final class LineSegmentCodec implements ObjectCodec<LineSegment> {
    private final SmileCodec<Packed> packed = SmileCodec.of(Packed.class);
    private final SmileCodec<Line> single = SmileCodec.of(Line.class);

    record Packed(@JsonProperty("l") List<PackedLine> lines) {}

    /**
     * @param shared how many first characters of its key are those of the one before
     * @param rest the other characters
     */
    record PackedLine(
            @JsonProperty("s") int shared,
            @JsonProperty("k") String rest,
            @JsonProperty("v") Line line) {}

    @Override
    public byte[] encode(String key, LineSegment segment) {
        List<PackedLine> lines = new ArrayList<>(segment.size());
        String before = key;
        for (int i = 0; i < segment.size(); i++) {
            String lineKey = segment.keys().get(i);
            int shared = shared(before, lineKey);
            lines.add(new PackedLine(
                    shared, lineKey.substring(shared), segment.lines().get(i)));
            before = lineKey;
        }
        return packed.encode(key, new Packed(lines));
    }

    @Override
    public LineSegment decode(String key, byte[] stored) {
        if (SmileCodec.isJson(stored)) {
            return LineSegment.of(key, single.decode(key, stored));
        }
        List<String> keys = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        String before = key;
        for (PackedLine one : packed.decode(key, stored).lines) {
            before = before.substring(0, one.shared) + one.rest;
            keys.add(before);
            lines.add(one.line);
        }
        return new LineSegment(keys, lines);
    }

    private static int shared(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int shared = 0;
        while (shared < most && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
