package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
