package org.healthbeam.templates.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a pipeline says about itself, on the interface of its options. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PipelineTemplate {
  /** The name as typed on the command line: {@code map-codes}. */
  String name();

  /** The name as people read it. */
  String displayName();

  /** What it does, in one or two sentences. */
  String description();
}
