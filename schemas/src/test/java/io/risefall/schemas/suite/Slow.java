package io.risefall.schemas.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that need no other program but seconds of work: whole logs, many random histories, big warehouses.
 * {@code ./mvnw verify} runs them, {@code ./mvnw test} does not. For whole classes, because both runs write one report for
 * each class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("slow")
public @interface Slow {}
