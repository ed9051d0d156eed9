package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.io.part.PartFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path out;

  private OutputFolder folder() {
    return new OutputFolder(out.toString(), "copy-lines", Set.of("a.tsv", "copies/"));
  }

  private static void begin(OutputFolder folder) throws UsageException, IOException {
    folder.begin(List.of());
  }

  private void writeMark(String more) throws IOException {
    Files.writeString(
        out.resolve(OutputFolder.MARK), "{\"pipeline\":\"copy-lines\",\"before\":[]" + more + "}");
    Files.writeString(out.resolve("a.tsv"), "a");
  }

  @Test
  void folderOfRunThatGoesOnIsRefusedAndLeftAsItIs() throws Exception {
    begin(folder());
    Files.writeString(out.resolve("a.tsv"), "of the first");
    UsageException refused = assertThrows(UsageException.class, () -> begin(folder()));
    assertTrue(
        refused
            .getMessage()
            .contains(
                "is being written by a run of copy-lines (process "
                    + ProcessHandle.current().pid()
                    + ")"),
        refused::getMessage);
    assertEquals("of the first", Files.readString(out.resolve("a.tsv")));
  }

  @Test
  void folderOfRunThatFailedIsTakenOver() throws Exception {
    OutputFolder failed = folder();
    begin(failed);
    Files.writeString(out.resolve("a.tsv"), "of the first");
    failed.abandon(new IllegalStateException());
    begin(folder());
    assertFalse(Files.exists(out.resolve("a.tsv")));
  }

  @Test
  void jobThatGoesOnKeepsWhatTheEarlierOneWrote() throws Exception {
    OutputFolder first = folder();
    begin(first);
    write(out.resolve("copies/part-00000000.tsv"), out.resolve("copies/.temp-beam-part-1"));
    end(first);
    OutputFolder second = folder();
    second.goOn(List.of());
    assertTrue(Files.exists(out.resolve("copies/part-00000000.tsv")));
    assertFalse(Files.exists(out.resolve("copies/.temp-beam-part-1")));
    assertFalse(Files.exists(out.resolve(OutputFolder.RUN_FILE)), "it has not ended");
    second.abandon(new IllegalStateException());
    // What died is gone on with too.
    folder().goOn(List.of());
    assertTrue(Files.exists(out.resolve("copies/part-00000000.tsv")));
    writeMark("");
    begin(folder());
    assertFalse(Files.exists(out.resolve("copies/part-00000000.tsv")), "it is ours all the same");
  }

  @Test
  void folderOfRunWhoseProcessIsGoneIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    writeMark(",\"pid\":" + gone.pid() + ",\"process_started\":0");
    begin(folder());
    assertFalse(Files.exists(out.resolve("a.tsv")));
  }

  @Test
  void folderOfRunWhoseProcessNumberIsAnothersNowIsTakenOver() throws Exception {
    writeMark(",\"pid\":" + ProcessHandle.current().pid() + ",\"process_started\":1000");
    begin(folder());
    assertFalse(Files.exists(out.resolve("a.tsv")));
  }

  @Test
  void halfWrittenMarkIsOfARunThatDied() throws Exception {
    Files.writeString(out.resolve(OutputFolder.MARK), "{\"pipel");
    begin(folder());
    assertTrue(Files.readString(out.resolve(OutputFolder.MARK)).contains("copy-lines"));
  }

  @Test
  void temporaryFoldersOfAnotherAreLeft() throws Exception {
    Path foreign = Files.createDirectories(out.resolve(".temp-beam-x"));
    OutputFolder failed = folder();
    begin(failed);
    Path ours = Files.createDirectories(out.resolve(".temp-beam-y"));
    failed.abandon(new IllegalStateException());
    begin(folder());
    assertTrue(Files.exists(foreign));
    assertFalse(Files.exists(ours));
  }

  @Test
  void whatLateWorkersWroteIsRemovedAtTheEndAndByTheNextRun() throws Exception {
    OutputFolder first = folder();
    begin(first);
    Path ofFile = Path.of(PartFolder.beside(out.resolve("a.tsv").toString()));
    Path ofFolder = Path.of(PartFolder.beside(out.resolve("copies").toString()));
    Path inFolder = out.resolve("copies/.temp-beam-part-1");
    Path mark = out.resolve(".temp-beam-done-a.tsv");
    Path ofAnother = out.resolve(".temp-beam-parts-b.tsv-" + UUID.randomUUID());
    Path unknown = out.resolve(".temp-beam-1");
    write(ofFile.resolve("part-1"), ofFolder.resolve("part-1"), inFolder, mark);
    write(ofAnother.resolve("part-1"), unknown.resolve("1"));
    end(first);
    assertTrue(Stream.of(ofFile, ofFolder, inFolder, mark).noneMatch(Files::exists));
    // A worker that was thought lost goes on.
    write(ofFile.resolve("part-2"), ofFolder.resolve("part-2"));
    begin(folder());
    assertTrue(Stream.of(ofFile, ofFolder).noneMatch(Files::exists));
    assertTrue(Stream.of(ofAnother, unknown).allMatch(Files::exists));
  }

  @Test
  void temporaryFoldersWhereNoRunHasWrittenAreLeft() throws Exception {
    Path parts = Path.of(PartFolder.beside(out.resolve("a.tsv").toString()));
    write(parts.resolve("part-1"));
    OutputFolder run = folder();
    begin(run);
    end(run);
    assertTrue(Files.exists(parts));
  }

  private static void write(Path... files) throws IOException {
    for (Path file : files) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
  }

  private static void end(OutputFolder folder) throws IOException {
    folder.end(
        new RunRecord(
            "copy-lines",
            RunRecord.Ending.ENDED,
            Instant.EPOCH,
            Duration.ZERO,
            "direct",
            Map.of(),
            new Ledger(),
            Map.of()),
        "");
  }

  @Test
  void onlyNamesOfThePipelineAreCountedAsWritten() throws Exception {
    OutputFolder run = folder();
    begin(run);
    Files.createDirectories(out.resolve("copies/deeper"));
    for (String name :
        List.of(
            "a.tsv",
            "copies/part-00000-of-00001.txt",
            "rejected/part-00000-of-00001.jsonl",
            "b.tsv",
            "part-00000-of-00001.txt",
            "copies/deeper/part-00000-of-00001.txt",
            "copies/a.tsv")) {
      Files.createDirectories(out.resolve(name).getParent());
      Files.writeString(out.resolve(name), "x");
    }
    assertEquals(
        Set.of("a.tsv", "copies/part-00000-of-00001.txt", "rejected/part-00000-of-00001.jsonl"),
        run.written().keySet());
  }

  @Test
  void oneSlashIsBetweenFolderAndFile() {
    assertEquals("gs://b/o/a.tsv", Location.in("gs://b/o", "a.tsv"));
    assertEquals("gs://b/o/a.tsv", Location.in("gs://b/o/", "a.tsv"));
    assertEquals("gs://b/o/a.tsv", Location.in("gs://b/o//", "a.tsv"));
    assertEquals("/a.tsv", Location.in("/", "a.tsv"));
  }
}
