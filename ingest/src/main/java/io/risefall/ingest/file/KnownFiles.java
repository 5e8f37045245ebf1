package io.risefall.ingest.file;

import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far content has been read, whatever its name: the positions of all sources, and of each source the last files
 * that it finished. One thread.
 */
public final class KnownFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);

    /** Finished files kept of one source: two months of daily rotation. */
    static final int MAX_FINISHED = 60;
    /** With fewer first bytes, two logs without timestamps can begin alike by chance; then the inode must be the same too. */
    private static final int SURE = 256;

    /** A position, with the fingerprint of its file; null if it has none. */
    private record Place(ReadPosition position, @Nullable FileFingerprint fingerprint) {
        long inFile() {
            return fingerprint == null ? 0 : position.offset() - fingerprint.base();
        }
    }

    private final Map<String, Place> places = new HashMap<>();

    /** Replaces everything by the committed positions. */
    public void reset(Collection<ReadPosition> committed) {
        places.clear();
        committed.forEach(this::put);
    }

    public void put(ReadPosition position) {
        places.put(position.source(), new Place(position, FileFingerprint.parse(position.file())));
    }

    /** The position of {@code source}; null if there is none. */
    public @Nullable ReadPosition get(String source) {
        Place place = places.get(source);
        return place == null ? null : place.position();
    }

    /** The file that {@code source} finished at {@code offset}; null if it is not known. */
    @Nullable ReadPosition lastFinished(String source, long offset) {
        return places.values().stream()
                .map(Place::position)
                .filter(position -> source.equals(position.fileOf()) && position.offset() == offset)
                .findFirst()
                .orElse(null);
    }

    /** Forgets the oldest files that {@code source} finished, those above the limit, and returns their names. */
    public List<String> forgetOldest(String source) {
        List<String> finished = places.values().stream()
                .map(Place::position)
                .filter(position -> source.equals(position.fileOf()))
                .sorted(Comparator.comparingLong(ReadPosition::offset))
                .map(ReadPosition::source)
                .toList();
        List<String> surplus = List.copyOf(finished.subList(0, Math.max(0, finished.size() - MAX_FINISHED)));
        surplus.forEach(places::remove);
        return surplus;
    }

    /** The position furthest into the content of {@code file}, read with the same settings; null if there is none. */
    @Nullable ReadPosition furthest(OpenFile file, String as) {
        return furthest(file, as, position -> true, false);
    }

    /** The same for a tail that opens a rotated file: only if it is certain. */
    @Nullable ReadPosition surelyFurthest(OpenFile file, String as) {
        return furthest(file, as, position -> true, true);
    }

    /** The same for a tail that opens the file at its path: without its own positions, because that file is new to it. */
    @Nullable ReadPosition furthestOfOthers(OpenFile file, String as, String tail) {
        return furthest(file, as, position -> !tail.equals(position.source()) && !tail.equals(position.fileOf()), true);
    }

    private @Nullable ReadPosition furthest(
            OpenFile file, String as, Predicate<ReadPosition> wanted, boolean sureOnly) {
        Map<Integer, String> heads = new HashMap<>();
        List<Place> furthestFirst = places.values().stream()
                .filter(place -> place.inFile() > 0
                        && wanted.test(place.position())
                        && beginsAlike(file, as, Objects.requireNonNull(place.fingerprint()), sureOnly, heads))
                .sorted(Comparator.comparingLong(Place::inFile).reversed())
                .toList();
        for (Place place : furthestFirst) {
            try {
                if (file.isFileOf(Objects.requireNonNull(place.fingerprint()), place.inFile())) {
                    return place.position();
                }
            } catch (IOException e) {
                LOG.debug("cannot compare a file with {}: {}", place.position().source(), e.toString());
            }
        }
        return null;
    }

    /** @param heads hashes of the first bytes of {@code file}, by length; of thousands of known files most have the same length */
    private static boolean beginsAlike(
            OpenFile file, String as, FileFingerprint fingerprint, boolean sureOnly, Map<Integer, String> heads) {
        boolean sure = fingerprint.headLength() >= SURE
                || (file.key() != null && file.key().equals(fingerprint.inode()));
        return fingerprint.as().equals(as)
                && (sure || !sureOnly)
                && fingerprint
                        .head()
                        .equals(heads.computeIfAbsent(fingerprint.headLength(), length -> head(file, length)));
    }

    private static String head(OpenFile file, int length) {
        try {
            byte[] first = file.head(length);
            return FileFingerprint.hash(first, first.length);
        } catch (IOException e) {
            LOG.debug("cannot read the beginning of a file: {}", e.toString());
            return "";
        }
    }

    /** The fingerprint of the file of {@code finished}. */
    static FileFingerprint fingerprint(ReadPosition finished) {
        return Objects.requireNonNull(FileFingerprint.parse(finished.file()), "not one of ours");
    }

    /** How many bytes of its file are before {@code position}. */
    static long inFile(ReadPosition position) {
        FileFingerprint fingerprint = FileFingerprint.parse(position.file());
        return fingerprint == null ? 0 : position.offset() - fingerprint.base();
    }

    /** What is kept of a file that {@code source} has finished with {@code fingerprint}, at {@code offset} of the source. */
    static ReadPosition finished(String source, FileFingerprint fingerprint, long offset, Instant asOf) {
        // Of one source no two files begin at the same place.
        return ReadPosition.left(source, source + "#" + fingerprint.base(), fingerprint.toString(), offset, asOf);
    }
}
