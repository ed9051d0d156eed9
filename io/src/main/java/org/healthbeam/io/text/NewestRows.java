package org.healthbeam.io.text;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * What holds of the revised rows that {@link WriteParts} wrote, once their stream has ended: of
 * each key the row with the greatest revision, unless that says that the row is gone.
 *
 * <p>A row's last two cells are its revision, and {@code true} if it is gone; they are left out of
 * what holds. Memory: 64 MiB of rows; what is more is spread over files by key first.
 */
public final class NewestRows {
  private static final long BUCKET = 64L << 20;
  private static final int MOST_BUCKETS = 512;

  private final String folder;
  private final String suffix;
  private final int[] key;
  private final long bucket;

  /**
   * Takes the parts of a folder.
   *
   * @param folder of the parts
   * @param suffix that ends their names
   * @param key the cells that tell rows apart, from 0
   */
  public NewestRows(String folder, String suffix, int... key) {
    this(BUCKET, folder, suffix, key);
  }

  NewestRows(long bucket, String folder, String suffix, int... key) {
    this.folder = folder.endsWith("/") ? folder : folder + "/";
    this.suffix = suffix;
    this.key = key.clone();
    this.bucket = bucket;
  }

  /**
   * Makes one file of the rows that hold, with this header line, and removes the parts.
   *
   * @param header without its end
   * @param file what stood there is replaced
   * @throws IOException if the parts cannot be read, or the file not be written
   */
  public void join(String header, String file) throws IOException {
    List<MatchResult.Metadata> found =
        FileSystems.match(folder + "part-*" + suffix, EmptyMatchTreatment.ALLOW).metadata();
    List<ResourceId> parts = found.stream().map(MatchResult.Metadata::resourceId).toList();
    long bytes = found.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
    int buckets = (int) Math.min(MOST_BUCKETS, 1 + bytes / bucket);
    ResourceId whole = temporary();
    try (BufferedWriter out = writer(whole)) {
      out.write(header);
      out.write('\n');
      if (buckets == 1) {
        copyNewest(parts, true, out);
      } else {
        for (ResourceId some : spread(parts, buckets)) {
          copyNewest(List.of(some), false, out);
          FileSystems.delete(List.of(some));
        }
      }
    }
    FileSystems.rename(List.of(whole), List.of(FileSystems.matchNewResource(file, false)));
    FileSystems.delete(parts);
  }

  private ResourceId temporary() {
    return FileSystems.matchNewResource(folder + GatherParts.TEMPORARY + UUID.randomUUID(), false);
  }

  private static BufferedWriter writer(ResourceId file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(ResultFiles.open(file, "text/plain"), StandardCharsets.UTF_8));
  }

  /** Puts rows of one key into one file. */
  private List<ResourceId> spread(List<ResourceId> parts, int buckets) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    List<BufferedWriter> writers = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      files.add(temporary());
      writers.add(writer(files.get(i)));
    }
    for (ResourceId part : parts) {
      forEach(
          part,
          true,
          row -> {
            BufferedWriter out = writers.get(Math.floorMod(keyOf(row).hashCode(), buckets));
            out.write(row);
            out.write('\n');
          });
    }
    for (BufferedWriter writer : writers) {
      writer.close();
    }
    return files;
  }

  private void copyNewest(List<ResourceId> files, boolean withHeader, BufferedWriter out)
      throws IOException {
    Map<String, Row> newest = new TreeMap<>();
    for (ResourceId file : files) {
      forEach(
          file,
          withHeader,
          line -> {
            Row row = Row.of(line);
            newest.merge(keyOf(line), row, (a, b) -> a.revision > b.revision ? a : b);
          });
    }
    for (Row row : newest.values()) {
      if (!row.gone) {
        out.write(row.cells);
        out.write('\n');
      }
    }
  }

  private String keyOf(String row) {
    String[] cells = row.split("\t", -1);
    StringBuilder text = new StringBuilder();
    for (int cell : key) {
      text.append(cells[cell]).append('\t');
    }
    return text.toString();
  }

  /** What is done with a row. */
  private interface Each {
    void row(String row) throws IOException;
  }

  private static void forEach(ResourceId file, boolean withHeader, Each each) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(FileSystems.open(file)), StandardCharsets.UTF_8))) {
      if (withHeader) {
        in.readLine();
      }
      for (String row = in.readLine(); row != null; row = in.readLine()) {
        each.row(row);
      }
    }
  }

  /** A row without its last two cells, and what these say. */
  private record Row(String cells, long revision, boolean gone) {
    static Row of(String line) {
      int last = line.lastIndexOf('\t');
      int before = line.lastIndexOf('\t', last - 1);
      return new Row(
          line.substring(0, before),
          Long.parseLong(line, before + 1, last, 10),
          line.substring(last + 1).equals("true"));
    }
  }
}
