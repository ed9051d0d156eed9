package org.healthbeam.io.vcf;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.io.tabix.TabixIndex;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.files.NamedFiles;

/** What lies beside a file under its name and an ending. */
final class BesideFile {
  private static final List<String> ENDINGS = List.of(".tbi", ".csi");

  private BesideFile() {}

  /**
   * {@return the file's index, if there is one that can be read and is not older than the file, for
   * then it may be of other contents}
   */
  static Optional<TabixIndex> index(MatchResult.Metadata file) throws IOException {
    if (!file.isReadSeekEfficient()) {
      return Optional.empty();
    }
    for (String ending : ENDINGS) {
      String name = file.resourceId() + ending;
      ResourceId beside = FileSystems.matchNewResource(name, false);
      try (InputStream stored = SniffedFile.storedBytes(beside, 0)) {
        if (lastModified(name) >= lastModified(file.resourceId().toString())) {
          return Optional.of(TabixIndex.read(stored));
        }
      } catch (FileSystemException e) {
        if (!(e.getCause() instanceof FileNotFoundException)) {
          throw e;
        }
      } catch (IOException noIndex) {
        // The file itself has all that is wanted.
      }
    }
    return Optional.empty();
  }

  /** What was matched may have gone through a coder that leaves the time out. */
  private static long lastModified(String name) throws IOException {
    return NamedFiles.get(name).lastModifiedMillis();
  }
}
