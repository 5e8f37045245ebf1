package io.risefall.ingest.network.relp;

import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.tcp.TcpProtocol;
import java.io.ByteArrayOutputStream;

/**
 * RELP's commands and their answers. Answers are sent in the order of the commands, once all messages before them are
 * in the journal. A message whose connection ends before its answer is not lost: the sender sends it again.
 */
final class RelpProtocol implements TcpProtocol {
    private static final String OK = "200 OK";
    private static final String OFFERS = OK + "\nrelp_version=0\nrelp_software=risefall\ncommands=syslog";

    private final JournalInput input;
    private final DropCounters drops;
    private final RelpFraming framing;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private boolean open;
    private boolean over;

    RelpProtocol(JournalInput input, int longest) {
        this.input = input;
        this.drops = input.drops();
        this.framing = new RelpFraming(longest, drops);
    }

    @Override
    public void add(byte[] bytes) {
        framing.add(bytes);
    }

    @Override
    public Step next() {
        if (over) {
            return Step.END;
        }
        return switch (framing.next()) {
            case FRAME -> Step.MESSAGE;
            case MORE -> Step.NEEDS_BYTES;
            case BROKEN -> {
                drops.count("connections closed: " + DropCounters.NOT_TAKEN + "RELP; send with rsyslog's omrelp");
                over = true;
                yield Step.END;
            }
        };
    }

    @Override
    public boolean take(String sender) {
        int transaction = framing.transaction();
        switch (framing.command()) {
            case "open" -> {
                open = true;
                answer(transaction, OFFERS);
            }
            case "syslog" -> {
                if (!open) {
                    refuse(transaction, "connections closed: a message came before the open command");
                    over = true;
                } else if (framing.length() == 0 || input.offer(sender, framing.data(), framing.length())) {
                    answer(transaction, OK);
                } else {
                    return false;
                }
            }
            case "close" -> {
                answer(transaction, "");
                over = true;
            }
            default -> refuse(transaction, "commands refused: only open, syslog and close are supported");
        }
        return true;
    }

    private void refuse(int transaction, String reason) {
        drops.interrupted(reason);
        answer(transaction, "500 " + reason);
    }

    private void answer(int transaction, String text) {
        answers.writeBytes(RelpFraming.frame(transaction, "rsp", text));
    }

    @Override
    public boolean sendsAgain() {
        return true;
    }

    @Override
    public byte[] answers() {
        byte[] all = answers.toByteArray();
        answers.reset();
        return all;
    }

    @Override
    public byte[] farewell() {
        return RelpFraming.frame(0, "serverclose", "");
    }
}
