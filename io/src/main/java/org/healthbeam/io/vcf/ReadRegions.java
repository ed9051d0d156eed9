package org.healthbeam.io.vcf;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.reference.RegionLines;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.io.text.WatchFiles;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Reads the regions of a BED file or the genes of a GTF or GFF3 file, plain or compressed, told
 * apart by their content as {@link RegionLines} says.
 *
 * <p>Output: bounded, but for {@link #alongside}, in the global window. Memory: the genes of the
 * file.
 *
 * <p>Errors: a line that is no region is a reject with its number, or fails the run where {@link
 * OnInvalid#STRICT} is asked for. The stage counts lines that are neither empty nor comments.
 *
 * <p>Source of the rules: BED v1 (samtools/hts-specs), sections 1.2 and 1.5; GTF 2.2 (Ensembl);
 * GFF3 1.26 (Sequence Ontology).
 *
 * <pre>{@code
 * PCollection<Region> genes =
 *     pipeline.apply("Read regions", ReadRegions.from("genes.gtf.gz").rejectedTo(rejects));
 * }</pre>
 */
public final class ReadRegions extends PTransform<PBegin, PCollection<Region>> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is lines. */
  public static final String STAGE = "Read regions";

  private static final TupleTag<Region> REGIONS =
      new TupleTag<Region>("regions") {
        private static final long serialVersionUID = 1L;
      };

  private final String file;
  private final OnInvalid policy;
  @Nullable private final WatchFiles others;
  @Nullable private final transient Rejects rejects;

  private ReadRegions(
      String file, OnInvalid policy, @Nullable WatchFiles others, @Nullable Rejects rejects) {
    this.file = file;
    this.policy = policy;
    this.others = others;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that reads this file}
   *
   * @param file BED, compressed or not, on any file system
   */
  public static ReadRegions from(String file) {
    return new ReadRegions(file, OnInvalid.SKIP, null, null);
  }

  /**
   * {@return a copy that has this become of lines that are no regions; without it they are
   * rejected}
   *
   * @param policy for such lines
   */
  public ReadRegions onInvalid(OnInvalid policy) {
    return new ReadRegions(file, Objects.requireNonNull(policy, "policy"), others, rejects);
  }

  /**
   * {@return a copy that sends what is no region there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReadRegions rejectedTo(Rejects rejects) {
    return new ReadRegions(file, policy, others, rejects);
  }

  /**
   * {@return a copy that is part of a stream: it ends when these files are looked for no more, and
   * goes on from a savepoint with them}
   *
   * @param files are looked for in the same pipeline
   */
  public ReadRegions alongside(WatchFiles files) {
    return new ReadRegions(file, policy, Objects.requireNonNull(files, "files"), rejects);
  }

  @Override
  public PCollection<Region> expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "lines", "");
    PCollectionTuple read =
        begin
            .apply(
                "File of regions",
                others == null
                    ? Create.of(file).withCoder(StringUtf8Coder.of())
                    : others.given(List.of(file)))
            .apply(
                "Read regions",
                ParDo.of(new ReadLines(outcomes, policy))
                    .withOutputTags(
                        REGIONS, TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    Rejects.collect(rejects, read);
    return read.get(REGIONS);
  }

  static final class ReadLines extends DoFn<String, Region> {
    private static final long serialVersionUID = 1L;

    private final Outcomes outcomes;
    private final OnInvalid policy;

    ReadLines(Outcomes outcomes, OnInvalid policy) {
      this.outcomes = outcomes;
      this.policy = policy;
    }

    @ProcessElement
    public void process(@Element String name, MultiOutputReceiver out) throws IOException {
      outcomes.begin();
      RegionLines regions = new RegionLines();
      OutputReceiver<Region> receiver = out.get(REGIONS);
      try (SniffedFile file = SniffedFile.open(NamedFiles.resource(name));
          BufferedReader lines = file.text(StandardCharsets.UTF_8)) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          try {
            RegionLines.Outcome outcome = regions.line(line, receiver::output);
            if (outcome != RegionLines.Outcome.EMPTY) {
              outcomes.in();
              outcomes.out(outcome.name().toLowerCase(Locale.ROOT));
            }
          } catch (RejectedException why) {
            if (policy == OnInvalid.STRICT) {
              throw new InvalidLineException(name, number, why);
            }
            outcomes.in();
            outcomes.reject(
                out.get(Outcomes.REJECTED),
                why.reason(),
                why.detail(),
                name,
                Integer.toString(number),
                line.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      regions.end(receiver::output);
      outcomes.tell(out.get(Outcomes.COUNTED));
    }
  }
}
