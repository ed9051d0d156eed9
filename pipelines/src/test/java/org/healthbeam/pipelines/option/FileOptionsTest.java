package org.healthbeam.pipelines.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.junit.jupiter.api.Test;

class FileOptionsTest {
  private static final String HERE = Path.of("").toAbsolutePath() + "/";

  /** They speak of files and name none. */
  private static final Set<String> NO_FILES =
      Set.of(
          "absent",
          "codeSystem",
          "columns",
          "conceptPolicy",
          "format",
          "joinSamples",
          "leaveOutBrokenMaps",
          "lookEvery",
          "lookFor",
          "maxDelay",
          "onInvalid",
          "onlyRegions",
          "partitionBy",
          "replayOrder",
          "replaySpeed",
          "reviseEvery",
          "reverse",
          "revisions",
          "streaming",
          "timeZone",
          "useEarlierMaps",
          "useMaps",
          "useNewerMaps");

  @Test
  void namesOnThisDiskBeginAtItsRoot() {
    assertEquals(
        HERE + "in/*.csv,/data/x,hdfs://nn/y",
        FileOptions.absolute("input", "./in/*.csv,/data/x,hdfs://nn/y"));
    assertEquals("kafka://vitals", FileOptions.absolute("input", "kafka://vitals"));
    assertEquals(HERE + "out/", FileOptions.absolute("output", "out/"));
    assertEquals("", FileOptions.absolute("withdrawn", ""));
  }

  @Test
  void whatLiesOnThisDiskIsKnownByAnyOfItsNames() {
    assertEquals(
        List.of("a.csv", "file:///b.csv"),
        FileOptions.onDisk("input", "a.csv,file:///b.csv,gs://b/c.csv"));
    assertEquals(List.of("FILE:/out"), FileOptions.onDisk("output", "FILE:/out"));
  }

  @Test
  void wordsStay() {
    assertEquals("1mb", FileOptions.absolute("regions", "1mb"));
    assertEquals("no/such.bed", FileOptions.absolute("regions", "no/such.bed"));
    assertEquals("news2," + HERE + "pom.xml", FileOptions.absolute("scores", "news2,pom.xml"));
    assertEquals("pom.xml", FileOptions.absolute("filters", "pom.xml"));
  }

  /** An option that was added and names a file would be looked for in another folder. */
  @Test
  void everyOptionThatSpeaksOfFilesIsKnown() {
    Pattern file =
        Pattern.compile("\\b(files?|folders?|tables? of|maps)\\b", Pattern.CASE_INSENSITIVE);
    Set<String> unknown = new TreeSet<>();
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      for (OptionDescription option : OptionCatalog.of(pipeline.optionsClass())) {
        if (file.matcher(option.description()).find()
            && !FileOptions.FILES.contains(option.name())
            && !FileOptions.FILES_OR_WORDS.contains(option.name())
            && !NO_FILES.contains(option.name())) {
          unknown.add(option.name());
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }
}
