package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Says why a run failed, without the data that it failed on.
 *
 * <p>An exception that came out of the work on a record may quote the record in its message: a
 * number that cannot be read, a parser's excerpt. So the message is shown only if it is one of
 * ours, a file system's, or did not come from that work; of others one learns the type and the
 * place in the code.
 */
final class FailureMessage {
  private static final String OURS = "org.healthbeam.";
  private static final String BEAM_IO = "org.apache.beam.sdk.io.";
  private static final List<String> STARTS_RUNS =
      List.of(
          OURS + "runners.",
          OURS + "pipelines.cli.",
          OURS + "pipelines.option.",
          PipelineRun.class.getName(),
          RunPlan.class.getName());

  private static final String DO_FN_CALL = "$DoFnInvoker";
  private static final int FRAMES = 12;

  private FailureMessage() {}

  /** Returns one line: the root of the failure. */
  static String of(Throwable failure) {
    Throwable root = root(failure);
    String type = root.getClass().getSimpleName();
    if (mayBeShown(root) && root.getMessage() != null) {
      return root.getClass().getName().startsWith(OURS)
          ? root.getMessage()
          : type + ": " + root.getMessage();
    }
    return type + place(root);
  }

  /** Returns the chain of causes with places in the code. */
  static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      text.append(text.isEmpty() ? "" : "caused by ").append(t.getClass().getName());
      if (t.getCause() == null && mayBeShown(t)) {
        text.append(": ").append(t.getMessage());
      }
      text.append('\n');
      int left = FRAMES;
      for (StackTraceElement frame : t.getStackTrace()) {
        if (left-- > 0) {
          text.append("    at ").append(frame).append('\n');
        }
      }
    }
    return text.toString();
  }

  static Throwable root(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable root = failure;
    while (root.getCause() != null && seen.add(root)) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean mayBeShown(Throwable root) {
    String type = root.getClass().getName();
    if (type.startsWith(OURS)) {
      return true;
    }
    if (root instanceof IOException && (type.startsWith("java.") || type.startsWith(BEAM_IO))) {
      return true;
    }
    if (root instanceof LinkageError || root instanceof ClassNotFoundException) {
      return true;
    }
    return Arrays.stream(root.getStackTrace()).noneMatch(FailureMessage::isWorkOnRecords);
  }

  /** Beam cuts a trace off at the DoFn, so any class of ours that does not start runs counts. */
  private static boolean isWorkOnRecords(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.contains(DO_FN_CALL)
        || (type.startsWith(OURS) && STARTS_RUNS.stream().noneMatch(type::startsWith));
  }

  private static String place(Throwable root) {
    return Arrays.stream(root.getStackTrace())
        .filter(f -> f.getClassName().startsWith(OURS))
        .findFirst()
        .map(
            f -> " at " + f.getClassName() + " (" + f.getFileName() + ":" + f.getLineNumber() + ")")
        .orElse("");
  }
}
