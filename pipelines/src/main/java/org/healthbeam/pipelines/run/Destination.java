package org.healthbeam.pipelines.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster that {@code --to} names.
 *
 * @param runner the runner's name as typed
 * @param address as the runner's own option takes it
 */
record Destination(String runner, String address) {
  static final String FORM = "flink://HOST:REST_PORT, spark://HOST:PORT or yarn";

  private static final String HOST_PORT = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}";
  private static final Pattern FLINK = Pattern.compile("flink://(" + HOST_PORT + ")/?");

  private static final Pattern SPARK =
      Pattern.compile("(spark://" + HOST_PORT + "(?:," + HOST_PORT + ")*)/?");
  private static final String YARN = "yarn";

  static Destination parse(String to) throws UsageException {
    Matcher flink = FLINK.matcher(to);
    if (flink.matches()) {
      return new Destination("flink", flink.group(1));
    }
    Matcher spark = SPARK.matcher(to);
    if (spark.matches()) {
      return new Destination("spark", spark.group(1));
    }
    if (to.equals(YARN)) {
      return new Destination("spark", YARN);
    }
    throw new UsageException("--to=" + to + " is no cluster; it is " + FORM);
  }
}
