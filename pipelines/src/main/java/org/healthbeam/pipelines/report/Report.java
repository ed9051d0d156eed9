package org.healthbeam.pipelines.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * Writes {@code report.html}: one self-contained file that says what runs read, made of it and
 * refused.
 *
 * <p>It reads only what the runs wrote, row by row. A family whose files are absent has no section.
 * The same files give the same bytes.
 */
public final class Report {
  private Report() {}

  /**
   * Reads the folders that runs wrote, and writes one report of them all.
   *
   * @param runFolders folders with a {@code run.json} each; what else is there is shown
   * @param reportFile where the report goes; replaced when complete, its folder is made if absent
   * @throws IOException if a file is there and cannot be read, or the report cannot be written
   */
  public static void write(List<Path> runFolders, Path reportFile) throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    for (Path folder : runFolders) {
      runs.add(RunFolder.open(folder));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(Overview.of(runs));
    Map<String, Integer> seen = new HashMap<>();
    for (RunFolder run : runs) {
      add(sections, run, seen, "codes", CodesPart.of(run));
      add(sections, run, seen, "vitals", VitalsPart.of(run));
      add(sections, run, seen, "variants", VariantsPart.of(run));
    }
    Path target = reportFile.toAbsolutePath();
    ResultFiles.createFolders(target.getParent());
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (BufferedWriter out =
          new BufferedWriter(
              Channels.newWriter(ResultFiles.create(unfinished), StandardCharsets.UTF_8))) {
        new Page("HealthBeam report", sections).writeTo(out);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Adds a family's section; a second run of the same family gets anchors of its own. */
  private static void add(
      List<Section> sections,
      RunFolder run,
      Map<String, Integer> seen,
      String id,
      @Nullable Section section) {
    if (section == null) {
      return;
    }
    int n = seen.merge(id, 1, Integer::sum);
    if (n == 1) {
      sections.add(section);
      return;
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : section.blocks()) {
      if (block instanceof Block.Plot plot) {
        blocks.add(
            new Block.Plot(
                plot.id() + "-" + n,
                plot.title(),
                plot.how(),
                plot.wide(),
                plot.chart(),
                plot.table()));
      } else if (block instanceof Block.Pages pages) {
        blocks.add(
            new Block.Pages(
                pages.id() + "-" + n, pages.title(), pages.how(), pages.names(), pages.values()));
      } else {
        blocks.add(block);
      }
    }
    sections.add(
        new Section(
            section.id() + "-" + n,
            section.title() + " (" + run.name() + ", run " + n + ")",
            section.lead(),
            blocks));
  }
}
