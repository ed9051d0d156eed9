package org.healthbeam.core.variant.join;

import java.util.Objects;
import javax.annotation.Nullable;

/**
 * Something that happens to the samples of a cohort, as one {@link GenomeBin} learns of it.
 *
 * <p>{@code toString} shows no name.
 *
 * @param sample the name
 * @param time when it happened, in milliseconds since 1970
 * @param withdrawal whether the sample is taken out, with all that came up to that time
 * @param calls what a file says about the sample in the bin; null if it is only said that the
 *     sample has come
 * @param file the file that has the sample on the bin's sequence, where another has it too; else
 *     null
 * @param contig what the bin's sequence is to be called, of which the greatest time holds; else
 *     null
 */
public record CohortEvent(
    String sample,
    long time,
    boolean withdrawal,
    @Nullable SampleCalls calls,
    @Nullable String file,
    @Nullable String contig) {

  /**
   * Refuses a sample that is null, and more than one of withdrawal, calls, file and name.
   *
   * @param sample the name
   * @param time when it happened, in milliseconds since 1970
   * @param withdrawal whether the sample is taken out, with all that came up to that time
   * @param calls what a file says about the sample in the bin; null if it is only said that the
   *     sample has come
   * @param file the file that has the sample on the bin's sequence, where another has it too; else
   *     null
   * @param contig what the bin's sequence is to be called, of which the greatest time holds; else
   *     null
   */
  public CohortEvent {
    Objects.requireNonNull(sample, "sample");
    int said = (withdrawal ? 1 : 0) + (calls == null ? 0 : 1);
    if (said + (file == null ? 0 : 1) + (contig == null ? 0 : 1) > 1) {
      throw new IllegalArgumentException("an event is one of withdrawal, calls, file and name");
    }
  }

  /**
   * A sample has come.
   *
   * @param sample the name
   * @param time in milliseconds since 1970
   * @return the event, without calls
   */
  public static CohortEvent arrival(String sample, long time) {
    return new CohortEvent(sample, time, false, null, null, null);
  }

  /**
   * A sample has come with these calls.
   *
   * @param calls what a file says about the sample in one bin
   * @param time in milliseconds since 1970
   * @return the event, of the sample that the calls are of
   */
  public static CohortEvent calls(SampleCalls calls, long time) {
    return new CohortEvent(calls.sample(), time, false, calls, null, null);
  }

  /**
   * A sample is taken out, with all that came up to that time.
   *
   * @param sample the name
   * @param time in milliseconds since 1970
   * @return the event, without calls
   */
  public static CohortEvent withdrawal(String sample, long time) {
    return new CohortEvent(sample, time, true, null, null, null);
  }

  /**
   * A file has the sample on the bin's sequence, and so has another.
   *
   * @param sample the name
   * @param file as the calls have it for their source
   * @param time in milliseconds since 1970, at which the file came
   * @return the event, without calls
   */
  public static CohortEvent file(String sample, String file, long time) {
    return new CohortEvent(sample, time, false, null, Objects.requireNonNull(file, "file"), null);
  }

  /**
   * The bin's sequence is to be called so, unless a later version says otherwise.
   *
   * @param contig the name to be used
   * @param version greater for a later one
   * @return the event, of no sample
   */
  public static CohortEvent named(String contig, long version) {
    return new CohortEvent(
        "", version, false, null, null, Objects.requireNonNull(contig, "contig"));
  }

  @Override
  public String toString() {
    if (calls != null) {
      return "calls";
    }
    return withdrawal ? "withdrawal" : file != null ? "file" : contig != null ? "name" : "arrival";
  }
}
