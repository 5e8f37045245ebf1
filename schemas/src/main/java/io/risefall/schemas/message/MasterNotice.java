package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * What a master process says of its workers: {@code New worker (N) forked}, {@code Former worker (N) exited with code 0
 * (Exit)}, … It says so on its standard error only, so it stands in what journald or a container keeps of HAProxy's output.
 * The process that printed the line is the master; the one it is about is {@link #worker}. Source: {@code mworker.c} and
 * {@code haproxy.c}, HAProxy 1.8 to 3.5.
 *
 * @param what what happened
 * @param wording HAProxy's sentence, with the names of the other fields in braces where they stand
 * @param worker the pid of the worker; null where the sentence is about none, or about all
 * @param number which of several workers that run side by side ({@code nbproc}, up to 2.4); null where it does not say
 * @param code the exit code; from 128 on, 128 and the signal
 * @param cause the code in words: {@code Exit}, {@code Segmentation fault}
 * @param limit {@code mworker-max-reloads}, where it was exceeded
 * @param tail for a line that was cut: what stands behind the worker; null for a whole one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MasterNotice(
        What what,
        String wording,
        @Nullable Long worker,
        @Nullable Integer number,
        @Nullable Integer code,
        @Nullable String cause,
        @Nullable Integer limit,
        @Nullable String tail)
        implements HealthMessage {

    /** What happened. */
    public enum What {
        /** A worker was started with a configuration that was read: it serves (up to 3.0). */
        FORKED,
        /** A worker was started and reads the configuration; the one before it still serves (3.1 on). */
        INITIALIZING,
        /** The worker that was started last serves. */
        LOADED,
        /** The worker that was started last could not read the configuration, and ends. */
        WORKER_FAILED,
        /** The configuration could not be read; no worker was started. */
        NOT_LOADED,
        /** A worker that another one had replaced has ended. */
        FORMER_EXITED,
        /** The worker that served has ended. */
        CURRENT_EXITED,
        /** A worker of which the master does not know which it was has ended. */
        EXITED,
        /** The last worker has ended, and the master ends with it. */
        ALL_EXITED,
        /** The master was told to end, and tells its workers. */
        EXITING,
        /** The master tells all workers to end, because one died. */
        KILLING,
        /** The master reads the configuration again. */
        RELOADING
    }

    @Override
    public Kind kind() {
        return Kind.MASTER;
    }

    /** Of no proxy: empty. */
    @Override
    public String proxy() {
        return "";
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
