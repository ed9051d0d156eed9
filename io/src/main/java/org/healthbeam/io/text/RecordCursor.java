package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;

/**
 * The records of ranges, one after the other; blank lines are no records. What cannot be read
 * becomes a reject on the way. The runner is told what was counted when the cursor is closed.
 */
public final class RecordCursor implements AutoCloseable {
  private static final String FIRST = "1";
  private static final byte[] NOTHING = new byte[0];
  private static final int BUFFER = 1 << 16;

  private final Iterator<FileRange> ranges;
  private final int recordLimit;
  private final RecordSink account;

  /** The range that is read, null before the first and after each. */
  @Nullable private FileRange range;

  @Nullable private InputStream in;
  @Nullable private RecordScanner scanner;

  /**
   * @param account is told of every record that is returned, and of what cannot be read
   */
  RecordCursor(List<FileRange> ranges, int recordLimit, RecordSink account) {
    this.ranges = ranges.iterator();
    this.recordLimit = recordLimit;
    this.account = account;
  }

  /**
   * {@return the next record, null after the last one}
   *
   * @throws FileSystemException if the file system fails, so that the runner may try again
   */
  @Nullable
  public InputRecord next() throws IOException {
    while (range != null || ranges.hasNext()) {
      if (range == null) {
        range = ranges.next();
      }
      InputRecord record = nextOfRange();
      if (record != null) {
        return record;
      }
      InputStream last = in;
      in = null;
      scanner = null;
      range = null;
      if (last != null) {
        last.close();
      }
    }
    return null;
  }

  @Nullable
  private InputRecord nextOfRange() throws IOException {
    try {
      return read();
    } catch (FileSystemException e) {
      if (!e.isNoPermission()) {
        throw e;
      }
      reject(RejectReason.UNREADABLE, "no permission to read the file", "0", NOTHING);
    } catch (SequenceHeader.UnreadableException e) {
      reject(RejectReason.MALFORMED, e.getMessage(), FIRST, NOTHING);
    } catch (EOFException e) {
      rejectRest(RejectReason.TRUNCATED, "the compressed data end early");
    } catch (IOException e) {
      rejectRest(RejectReason.MALFORMED, "the compressed data are damaged");
    }
    return null;
  }

  @Nullable
  private InputRecord read() throws IOException {
    if (in == null) {
      in = open();
      if (range.framing() == Framing.BINARY) {
        reject(RejectReason.MALFORMED, "binary content, not UTF-8 text", FIRST, NOTHING);
        return null;
      }
      scanner = scanner(in);
    }
    while (scanner.offset() < range.end()) {
      byte[] record = scanner.next();
      if (record == null) {
        return null;
      }
      String place = scanner.position();
      if (scanner.lineNumber() == 1) {
        record = Framing.withoutByteOrderMark(record);
      }
      if (!scanner.damage().isEmpty()) {
        reject(RejectReason.MALFORMED, scanner.damage(), place, NOTHING);
      } else if (scanner.isTooLong()) {
        reject(RejectReason.TOO_LARGE, "longer than " + recordLimit + " bytes", place, NOTHING);
      } else if (scanner.isCutOff()) {
        reject(RejectReason.TRUNCATED, "the file ends inside a value", place, record);
      } else if (Framing.hasNul(record)) {
        reject(RejectReason.MALFORMED, "a NUL byte, which no text has", place, record);
      } else if (!Framing.isBlank(record)) {
        InputRecord whole = new InputRecord(range.file(), place, record);
        account.record(whole);
        return whole;
      }
    }
    return null;
  }

  private InputStream open() throws IOException {
    ResourceId file = FileSystems.matchNewResource(range.file(), false);
    if (range.start() == 0 && range.end() == FileRange.WHOLE) {
      return new BufferedInputStream(SniffedFile.open(file).stream(), BUFFER);
    }
    // The byte before the range says whether a line begins at its start.
    return new BufferedInputStream(
        SniffedFile.storedBytes(file, Math.max(0, range.start() - 1)), BUFFER);
  }

  private RecordScanner scanner(InputStream in) throws IOException {
    if (range.framing() == Framing.SEQUENCE) {
      return sequence(in);
    }
    if (range.framing() == Framing.JSON_VALUES) {
      return new JsonScanner(in, recordLimit);
    }
    if (range.framing() == Framing.MESSAGES) {
      return new MessageScanner(in, recordLimit);
    }
    if (range.start() == 0) {
      return new LineScanner(in, 0, 0, recordLimit);
    }
    long linesBefore = range.newlinesBefore();
    long offset = range.start();
    int b = in.read();
    if (b != '\n') {
      // The line under way belongs to the range in which it begins; if it is still under way at the
      // end of this one, none begins here.
      linesBefore++;
      while (b >= 0 && b != '\n' && offset < range.end()) {
        b = in.read();
        offset++;
      }
    }
    return new LineScanner(in, linesBefore, offset, recordLimit);
  }

  private RecordScanner sequence(InputStream in) throws IOException {
    if (range.start() == 0) {
      SequenceHeader header = SequenceHeader.read(in);
      return new SequenceScanner(in, header, header.length(), range.end(), recordLimit);
    }
    SequenceHeader header = SequenceHeader.of(FileSystems.matchNewResource(range.file(), false));
    in.skipNBytes(1);
    return new SequenceScanner(in, header, range.start(), range.end(), recordLimit);
  }

  private void rejectRest(RejectReason reason, String detail) {
    if (scanner == null) {
      reject(reason, detail, FIRST, NOTHING);
    } else {
      reject(reason, detail, scanner.position(), scanner.partial());
    }
  }

  private void reject(RejectReason reason, String detail, String place, byte[] payload) {
    account.reject(reason, detail, new InputRecord(range.file(), place, payload));
  }

  @Override
  public void close() throws IOException {
    try {
      account.close();
    } finally {
      if (in != null) {
        in.close();
      }
    }
  }
}
