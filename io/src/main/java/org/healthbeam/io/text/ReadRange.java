package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.transforms.outcome.Outcomes;

/** Reads the records of one range; blank lines are no records. */
final class ReadRange extends DoFn<FileRange, InputRecord> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<InputRecord> RECORDS =
      new TupleTag<InputRecord>("records") {
        private static final long serialVersionUID = 1L;
      };
  private static final byte[] NOTHING = new byte[0];
  private static final int BUFFER = 1 << 16;

  private final Outcomes outcomes;
  private final int recordLimit;

  ReadRange(Outcomes outcomes, int recordLimit) {
    this.outcomes = outcomes;
    this.recordLimit = recordLimit;
  }

  @ProcessElement
  public void process(@Element FileRange range, MultiOutputReceiver out) throws IOException {
    ResourceId file = FileSystems.matchNewResource(range.file(), false);
    RecordScanner scanner = null;
    try (InputStream in = open(file, range)) {
      if (range.framing() == Framing.BINARY) {
        reject(out, RejectReason.MALFORMED, "binary content, not UTF-8 text", range, 1, NOTHING);
        return;
      }
      scanner = scanner(in, range);
      read(scanner, range, out);
    } catch (FileSystemException e) {
      if (!e.isNoPermission()) {
        throw e;
      }
      reject(out, RejectReason.UNREADABLE, "no permission to read the file", range, 0, NOTHING);
    } catch (EOFException e) {
      rejectRest(out, RejectReason.TRUNCATED, "the compressed data end early", range, scanner);
    } catch (IOException e) {
      rejectRest(out, RejectReason.MALFORMED, "the compressed data are damaged", range, scanner);
    }
  }

  private static InputStream open(ResourceId file, FileRange range) throws IOException {
    if (range.start() == 0 && range.end() == FileRange.WHOLE) {
      return new BufferedInputStream(SniffedFile.open(file).stream(), BUFFER);
    }
    SeekableByteChannel channel = (SeekableByteChannel) SniffedFile.openChannel(file);
    // The byte before the range says whether a line begins at its start.
    channel.position(Math.max(0, range.start() - 1));
    return new BufferedInputStream(
        new FileSystemException.Guard(Channels.newInputStream(channel)), BUFFER);
  }

  private RecordScanner scanner(InputStream in, FileRange range) throws IOException {
    if (range.framing() == Framing.JSON_VALUES) {
      return new JsonScanner(in, recordLimit);
    }
    if (range.start() == 0) {
      return new LineScanner(in, 0, 0, recordLimit);
    }
    long linesBefore = range.newlinesBefore();
    long offset = range.start();
    int b = in.read();
    if (b != '\n') {
      // The line under way belongs to the range in which it begins.
      linesBefore++;
      while (b >= 0 && b != '\n') {
        b = in.read();
        offset++;
      }
    }
    return new LineScanner(in, linesBefore, offset, recordLimit);
  }

  private void read(RecordScanner scanner, FileRange range, MultiOutputReceiver out)
      throws IOException {
    while (scanner.offset() < range.end()) {
      byte[] record = scanner.next();
      if (record == null) {
        return;
      }
      long line = scanner.lineNumber();
      if (line == 1) {
        record = Framing.withoutByteOrderMark(record);
      }
      if (scanner.isTooLong()) {
        String detail = "longer than " + recordLimit + " bytes";
        reject(out, RejectReason.TOO_LARGE, detail, range, line, NOTHING);
      } else if (scanner.isCutOff()) {
        reject(out, RejectReason.TRUNCATED, "the file ends inside a value", range, line, record);
      } else if (Framing.hasNul(record)) {
        reject(out, RejectReason.MALFORMED, "a NUL byte, which no text has", range, line, record);
      } else if (!Framing.isBlank(record)) {
        outcomes.in();
        outcomes.out();
        out.get(RECORDS).output(new InputRecord(range.file(), Long.toString(line), record));
      }
    }
  }

  private void rejectRest(
      MultiOutputReceiver out,
      RejectReason reason,
      String detail,
      FileRange range,
      @javax.annotation.Nullable RecordScanner scanner) {
    if (scanner == null) {
      reject(out, reason, detail, range, 1, NOTHING);
    } else {
      reject(out, reason, detail, range, scanner.lineNumber(), scanner.partial());
    }
  }

  private void reject(
      MultiOutputReceiver out,
      RejectReason reason,
      String detail,
      FileRange range,
      long line,
      byte[] payload) {
    outcomes.in();
    outcomes.reject(
        out.get(Outcomes.REJECTED), reason, detail, range.file(), Long.toString(line), payload);
  }
}
