package org.healthbeam.io.text;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.transforms.files.ResultFiles;

/** The parts that {@link WriteParts} wrote, once their stream has ended. */
public final class PartFiles {
  private PartFiles() {}

  /**
   * Joins the parts of a folder to one file with a header line, and removes them. The file is there
   * when it is whole, or not at all.
   *
   * @param folder of the parts
   * @param suffix that ends their names
   * @param header the line with which each part begins
   * @param file what stood there is replaced
   * @throws IOException if the parts cannot be read, or the file not be written
   */
  public static void join(String folder, String suffix, String header, String file)
      throws IOException {
    List<ResourceId> parts = parts(folder, suffix);
    ResourceId target = FileSystems.matchNewResource(file, false);
    ResourceId whole =
        FileSystems.matchNewResource(
            target.getCurrentDirectory() + GatherParts.TEMPORARY + UUID.randomUUID(), false);
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                ResultFiles.open(whole, "text/plain"), StandardCharsets.UTF_8))) {
      out.write(header);
      out.write('\n');
      for (ResourceId part : parts) {
        copyWithoutHeader(part, out);
      }
    }
    FileSystems.rename(List.of(whole), List.of(target));
    FileSystems.delete(parts);
  }

  private static List<ResourceId> parts(String folder, String suffix) throws IOException {
    String inside = folder.endsWith("/") ? folder : folder + "/";
    return FileSystems.match(inside + "part-*" + suffix, EmptyMatchTreatment.ALLOW)
        .metadata()
        .stream()
        .map(MatchResult.Metadata::resourceId)
        .sorted(Comparator.comparing(ResourceId::toString))
        .toList();
  }

  private static void copyWithoutHeader(ResourceId part, BufferedWriter out) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(FileSystems.open(part)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(line);
        out.write('\n');
      }
    }
  }
}
