package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** HDFS refuses some names and takes others for URIs: folders have the names they have on disk. */
@Tag("slow")
class FoldersOnHdfsTest {
  @RegisterExtension static final SharedServers SERVERS = new SharedServers();

  private static final String OUTPUT = "/folders/out";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static void run(String input, String output) throws Exception {
    SERVERS
        .direct()
        .run(
            "run",
            "summarize-variants",
            "--input=" + input,
            "--output=" + output,
            "--format=tsv,parquet,avro",
            "--partitionBy=contig",
            "--stacktrace")
        .endedWith(0);
  }

  /** Returns what is there, after a check that {@code run.json} lists no other files. */
  private Set<String> written(HdfsFiles hdfs, String local) throws Exception {
    Path copy = hdfs.get(OUTPUT, folder.resolve(local));
    Set<String> listed = new TreeSet<>(Set.of("run.json"));
    new ObjectMapper()
        .readTree(copy.resolve("run.json").toFile())
        .path("files")
        .forEach(file -> listed.add(file.asText()));
    Set<String> there = new TreeSet<>(hdfs.list(OUTPUT).keySet());
    there.removeIf(name -> name.startsWith(".temp-beam-done-"));
    assertEquals(listed, there);
    return there;
  }

  @Test
  void oddNamesAreThoseOfTheDiskAndTheNextRunReplacesThem() throws Exception {
    Path one = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("one.vcf"));
    String record =
        Files.readAllLines(one, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> !line.startsWith("#"))
            .findFirst()
            .orElseThrow();
    Path two = Files.copy(one, folder.resolve("two.vcf"));
    String odd = record.replaceFirst("^[^\t]*", "HLA-A*01:01/a=b%41");
    Files.writeString(two, odd + "\n", StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    HdfsFiles hdfs = SERVERS.hdfs();
    String input = hdfs.put(two, "/folders/two.vcf");
    Path disk = folder.resolve("disk");
    run(input, disk.toString());
    run(input, hdfs.name(OUTPUT));
    assertTrue(
        written(hdfs, "first")
            .contains("variants.avro/contig=HLA-A%2A01%3A01%2Fa%3Db%2541/part-00000.avro"));
    assertEquals("", RunOutput.of(disk).differences(RunOutput.of(folder.resolve("first"))));

    run(hdfs.put(one, "/folders/one.vcf"), hdfs.name(OUTPUT));
    assertTrue(written(hdfs, "second").stream().noneMatch(name -> name.contains("HLA")));
  }
}
