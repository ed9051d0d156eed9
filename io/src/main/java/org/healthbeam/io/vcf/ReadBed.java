package org.healthbeam.io.vcf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.Region;
import org.healthbeam.io.text.SniffedFile;

/**
 * Reads the regions of a BED file, plain or compressed.
 *
 * <p>The first four columns are used: sequence, start from 0, end, and name if there is one.
 * Columns are separated by tabs or spaces; empty lines, comments, {@code track} and {@code browser}
 * lines are passed over. Output: bounded, in the global window.
 *
 * <p>Errors: a line that is no region fails the run with its number, since a region that is left
 * out would change what the table means.
 *
 * <p>Source of the rules: BED v1 (samtools/hts-specs), sections 1.2 and 1.5.
 *
 * <pre>{@code
 * PCollection<Region> regions = pipeline.apply("Read regions", ReadBed.from("genes.bed"));
 * }</pre>
 */
public final class ReadBed extends PTransform<PBegin, PCollection<Region>> {
  private static final long serialVersionUID = 1L;

  private final String file;

  private ReadBed(String file) {
    this.file = file;
  }

  /** Reads this file. */
  public static ReadBed from(String file) {
    return new ReadBed(file);
  }

  @Override
  public PCollection<Region> expand(PBegin begin) {
    return begin
        .apply("BED file", Create.of(file).withCoder(StringUtf8Coder.of()))
        .apply("Read regions", ParDo.of(new ReadLines()));
  }

  static final class ReadLines extends DoFn<String, Region> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String name, OutputReceiver<Region> receiver) throws IOException {
      try (SniffedFile file = SniffedFile.open(FileSystems.matchSingleFileSpec(name).resourceId());
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(file.stream(), StandardCharsets.UTF_8))) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (!isPassedOver(line)) {
            receiver.output(region(line, name, number));
          }
        }
      }
    }

    private static boolean isPassedOver(String line) {
      return line.isBlank()
          || line.startsWith("#")
          || line.startsWith("track")
          || line.startsWith("browser");
    }

    private static Region region(String line, String name, int number) {
      String[] columns = line.split(line.indexOf('\t') >= 0 ? "\t" : " +", 5);
      try {
        return new Region(
            columns[0],
            Long.parseLong(columns[1]),
            Long.parseLong(columns[2]),
            columns.length > 3 ? columns[3] : "");
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        // The cause would quote the line.
        throw new InvalidRegionException(name, number);
      }
    }
  }
}
