package io.risefall.streams.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Makes all stores of all tasks of a process share one native memory pool. By default each store takes up to 100 MB, and
 * there is one per partition and kind of store. Thread-safe.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    static {
        RocksDB.loadLibrary();
    }

    private static final long MEBIBYTE = 1024L * 1024;
    /** Holds what is read and written all the time: the histories of the servers with new lines. */
    private static final long ROOM = 128 * MEBIBYTE;
    /** The part of it for data that is not yet on disk. */
    private static final long WRITES = 64 * MEBIBYTE;

    private static final long WRITE_BUFFER = 8 * MEBIBYTE;

    private static final Cache CACHE = new LRUCache(ROOM);
    private static final WriteBufferManager MANAGER = new WriteBufferManager(WRITES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(MANAGER);
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and manager belong to all stores and live as long as the process.
    }
}
