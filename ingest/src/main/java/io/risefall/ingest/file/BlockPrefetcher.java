package io.risefall.ingest.file;

import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.BlockScanner;
import io.risefall.ingest.line.context.LineContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream ahead, block by block, and scans the blocks on several threads; gives them out in the order of the
 * stream. Holds at most {@link #MAX} blocks. One thread takes, another one reads.
 */
final class BlockPrefetcher implements Closeable {
    /** Large enough to be worth a thread's turn, small enough for its cache. */
    private static final int SIZE = 1024 * 1024;

    /** One thread reads and decompresses; two that scan keep up with any disk. */
    private static final int SCANNERS =
            Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() - 1));

    /** Of these one is filled, as many as there are scanners are scanned and as many wait, and one is taken. */
    private static final int MAX = 2 * SCANNERS + 2;

    private final InputStream in;
    private final boolean asItComes;
    private final ThreadLocal<BlockScanner> scans;
    private final BlockingQueue<Block> free = new LinkedBlockingQueue<>();
    private final BlockingQueue<Future<@Nullable Block>> ahead = new LinkedBlockingQueue<>();
    private final ExecutorService scanners =
            Executors.newFixedThreadPool(SCANNERS, work -> daemon(work, "import-scanner"));
    private final Thread reader = daemon(this::readAll, "import-reader");
    private int blocks;
    private @Nullable IOException broken;

    /**
     * @param in not used by others while this is open
     * @param asItComes whether to give out what there is before a block is full
     */
    BlockPrefetcher(InputStream in, boolean asItComes, LineContext context) {
        this.in = in;
        this.asItComes = asItComes;
        this.scans = ThreadLocal.withInitial(() -> new BlockScanner(context));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        reader.start();
    }

    /**
     * The next block, scanned; null after the last one.
     *
     * @throws IOException that reading met here
     */
    @Nullable Block next() throws IOException {
        try {
            return ahead.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Gives back a block that was taken. */
    void giveBack(Block block) {
        free.add(block);
    }

    private void readAll() {
        try {
            Block block = empty();
            while (fill(block)) {
                Block filled = block;
                ahead.add(scanners.submit(() -> scanned(filled)));
                block = empty();
            }
            ahead.add(CompletableFuture.completedFuture(null));
        } catch (IOException | RuntimeException | Error e) {
            ahead.add(CompletableFuture.failedFuture(e));
        } catch (InterruptedException e) {
            // Closed; nothing waits for it.
        }
    }

    private Block empty() throws InterruptedException {
        Block given = free.poll();
        if (given != null) {
            return given;
        }
        if (blocks < MAX) {
            blocks++;
            return new Block(SIZE);
        }
        return free.take();
    }

    /** False at the end. What was read before it broke is given out first. */
    private boolean fill(Block block) throws IOException {
        if (broken != null) {
            throw broken;
        }
        byte[] bytes = block.bytes();
        int length = 0;
        try {
            int count;
            while (length < bytes.length && (count = in.read(bytes, length, bytes.length - length)) > 0) {
                length += count;
                if (asItComes) {
                    break;
                }
            }
        } catch (IOException e) {
            if (length == 0) {
                throw e;
            }
            broken = e;
        }
        block.filled(length);
        return length > 0;
    }

    private Block scanned(Block block) {
        scans.get().scan(block);
        return block;
    }

    /** Returns when the stream is no longer used; at once for live input, where that may never happen. */
    @Override
    public void close() throws IOException {
        scanners.shutdownNow();
        reader.interrupt();
        if (!asItComes) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }
}
