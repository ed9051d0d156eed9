package org.healthbeam.io.vcf;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.bcf.BcfText;
import org.healthbeam.core.variant.bcf.InvalidBcfException;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.bgzf.BlockWalk;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.io.text.SniffedFile.Compression;
import org.healthbeam.transforms.variant.lines.LineSource;

/**
 * Reads the lines of one part of a file.
 *
 * <p>A part has the line feeds in its own bytes, in BGZF those of the blocks that begin there, and
 * the line behind each, which may end in later parts. So every line is in exactly one part, and the
 * part's line feeds are its lines. A line of which something is damaged is left out and counted as
 * one line, however much of the file is damaged.
 */
final class PartLines implements LineBlocks.Target {
  /** All is read, but BGZF's end marker is missing. */
  static final String NO_END_MARKER = "no-end-marker";

  /** All is read, by one worker, since plain gzip and BCF cannot be cut. */
  static final String ONE_WORKER = "one-worker";

  /** No more is read than an index says is needed. */
  static final String BY_INDEX = "by-index";

  static final String END_EARLY = "the compressed data end early; the whole lines before are used";
  static final String DAMAGED = "the compressed data are damaged";

  private static final byte[] NOTHING = new byte[0];
  private static final int CHUNK = 1 << 18;
  private static final long OPEN = -1;

  private final FilePart part;
  private final VcfHeader header;
  private final int lineLimit;
  private final int lookBack;
  @Nullable private final Selection selection;
  private final BlockInflater inflater;
  private final LineSource.Blocks receiver;
  private final LineBlocks lines;
  private VcfBlock.Part inBlocks;

  /** How many lines right before {@link #passedTo} nobody wants. */
  private long passed;

  private long passedTo;

  private boolean placed;
  private long ownLines = OPEN;
  private long damages;
  private long firstDamage;
  private RejectedException why;
  private String remark;

  /** Opens the part's file. */
  @FunctionalInterface
  interface Opening {
    /** {@return the bytes of the file from this one on} */
    InputStream at(long address) throws IOException;
  }

  PartLines(
      FilePart part,
      VcfHeader header,
      int blockBytes,
      int lineLimit,
      BlockInflater inflater,
      @Nullable Selection selection,
      LineSource.Blocks receiver) {
    this(part, header, blockBytes, lineLimit, BlockWalk.LOOK_BACK, inflater, selection, receiver);
  }

  PartLines(
      FilePart part,
      VcfHeader header,
      int blockBytes,
      int lineLimit,
      int lookBack,
      BlockInflater inflater,
      @Nullable Selection selection,
      LineSource.Blocks receiver) {
    this.part = part;
    this.header = header;
    this.lineLimit = lineLimit;
    this.lookBack = lookBack;
    this.selection = selection;
    this.inflater = inflater;
    this.receiver = receiver;
    this.lines = new LineBlocks(blockBytes, lineLimit, part.firstLine(), this);
    this.inBlocks = part.inBlocks();
    this.remark = part.count() == FilePart.BY_INDEX ? BY_INDEX : "";
    if (!part.from().isKnown()) {
      lines.drop();
    }
  }

  /**
   * Gives all lines, then a block without lines, and says how it went. The bytes of a block change
   * as soon as the receiver returns.
   */
  PartReport read(Opening file) throws IOException {
    try {
      switch (part.compression()) {
        case BGZF -> readBgzf(file);
        case PLAIN -> readPlain(file);
        case GZIP -> readGzip(file);
      }
    } catch (FileSystemException e) {
      if (!e.isNoPermission()) {
        throw e;
      }
      damaged(RejectReason.UNREADABLE, "no permission to read the file");
    }
    endOwn();
    VcfBlock.Part end = inBlocks.isPlaced() ? inBlocks : inBlocks.withLines(ownLines);
    receiver.take(new VcfBlock(part.file(), end, ownLines + 1, header, NOTHING));
    return new PartReport(
        part.index(),
        ownLines,
        damages,
        firstDamage,
        inBlocks.offset(),
        why == null ? "" : why.reason().code(),
        why == null ? "" : why.detail(),
        remark);
  }

  private void readPlain(Opening file) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long at = part.from().address();
    long end = part.to().address();
    try (InputStream in = file.at(at)) {
      for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
        int own = (int) Math.max(0, Math.min(n, end - at));
        lines.add(chunk, 0, own);
        if (own < n && addBeyond(chunk, own, n)) {
          break;
        }
        at += n;
      }
      lines.end();
    }
  }

  private void readGzip(Opening file) throws IOException {
    remark = ONE_WORKER;
    BufferedInputStream stored = new BufferedInputStream(file.at(0), CHUNK);
    try {
      if (SniffedFile.compressionOf(stored) == Compression.BGZF) {
        readBcfInBlocks(stored);
      } else {
        try (SniffedFile sniffed = SniffedFile.of(stored)) {
          readText(sniffed.stream());
        }
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (InvalidBcfException e) {
      damaged(RejectReason.MALFORMED, e.getMessage() + "; the records before are used");
    } catch (EOFException e) {
      damaged(RejectReason.TRUNCATED, END_EARLY);
    } catch (IOException e) {
      damaged(RejectReason.MALFORMED, DAMAGED + "; the whole lines before are used");
    } finally {
      stored.close();
    }
  }

  private void readBcfInBlocks(InputStream stored) throws IOException {
    try (BgzfInputStream blocks = new BgzfInputStream(stored)) {
      readText(new BufferedInputStream(blocks, CHUNK));
      if (!blocks.hasEndMarker()) {
        remark = NO_END_MARKER;
      }
    }
  }

  private void readText(InputStream inflated) throws IOException {
    byte[] chunk = new byte[CHUNK];
    InputStream in = BcfText.textOf(inflated, lineLimit);
    in.skipNBytes(part.from().skip());
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      lines.add(chunk, 0, n);
    }
    lines.end();
  }

  private void readBgzf(Opening file) throws IOException {
    FilePart.Cut from = part.from();
    boolean known = from.isKnown();
    long start = known ? from.address() : Math.max(0, from.address() - lookBack);
    try (InputStream in = upTo(part.to(), start, file.at(start))) {
      BlockWalk walk = new BlockWalk(in, start, known || start == 0, part.to().address(), inflater);
      walk.skipTo(from.address());
      long last = OPEN;
      boolean lineEnded = false;
      BlockWalk.Step step = walk.next();
      for (; step != BlockWalk.Step.END; step = walk.next()) {
        if (walk.address() >= from.address()) {
          place(walk.address());
          if (!(step == BlockWalk.Step.BLOCK ? take(walk) : passDamage(step, walk.address()))) {
            return;
          }
        }
        last = step == BlockWalk.Step.BLOCK && walk.dataLength() > 0 ? walk.address() : OPEN;
        lineEnded = last >= 0 && walk.data()[walk.dataLength() - 1] == '\n';
      }
      if (last < 0 || part.to().isKnown() || !walk.isAtEndOfFile()) {
        lines.end();
      } else {
        endWithoutMarker(isOwn(last), lineEnded);
      }
    }
  }

  /** Counts lines from the first block if the part begins where no line is known to begin. */
  private void place(long address) {
    if (part.count() == FilePart.BY_INDEX && !part.from().isKnown() && !placed) {
      inBlocks = VcfBlock.Part.at(address << 16);
    }
    placed = true;
  }

  /** Reads no further than the block in which the part ends, which is only read if it must be. */
  private static InputStream upTo(FilePart.Cut to, long start, InputStream in) {
    if (!to.isKnown()) {
      return in;
    }
    long most = to.address() - start + (to.skip() > 0 ? BlockWalk.LARGEST : 0);
    return new FirstBytes(in, most);
  }

  private boolean isOwn(long address) {
    return address >= part.from().address() && address < part.to().address();
  }

  /** Takes the lines of a block and says whether the next one is wanted. */
  private boolean take(BlockWalk block) {
    FilePart.Cut to = part.to();
    int length = block.dataLength();
    boolean first = part.from().isKnown() && block.address() == part.from().address();
    // An index that is another file's may point anywhere.
    int begin = first ? Math.min(part.from().skip(), length) : 0;
    if (block.address() < to.address()) {
      lines.add(block.data(), begin, length);
      return true;
    }
    if (!to.isKnown()) {
      if (!addBeyond(block.data(), 0, length)) {
        return true;
      }
    } else if (block.address() == to.address()) {
      lines.add(block.data(), begin, Math.max(begin, Math.min(to.skip(), length)));
    }
    lines.end();
    return false;
  }

  /** Leaves out the line that is damaged and says whether the next block is wanted. */
  private boolean passDamage(BlockWalk.Step step, long address) {
    if (address >= part.to().address()) {
      // The part in which it lies says so.
      endOwn();
      if (part.to().isKnown()) {
        lines.end();
      } else {
        lines.drop();
      }
      return false;
    }
    if (step == BlockWalk.Step.CUT) {
      damaged(RejectReason.TRUNCATED, END_EARLY);
    } else {
      damaged(RejectReason.MALFORMED, DAMAGED + "; the whole lines before and behind are used");
    }
    return true;
  }

  /** A file that was cut between two blocks looks whole but for the marker. */
  private void endWithoutMarker(boolean own, boolean lineEnded) {
    if (own && lineEnded) {
      remark = NO_END_MARKER;
    } else if (own) {
      report(noEndMarker(), lines.line());
    }
    lines.drop();
  }

  static RejectedException noEndMarker() {
    return new RejectedException(
        RejectReason.TRUNCATED, "BGZF's end marker is missing; the whole lines before are used");
  }

  /** Takes the end of the line that began in this part and says whether that was all of it. */
  private boolean addBeyond(byte[] bytes, int from, int to) {
    endOwn();
    int lineFeed = LineFeeds.first(bytes, from, to);
    lines.add(bytes, from, lineFeed < 0 ? to : lineFeed + 1);
    return lineFeed >= 0;
  }

  private void endOwn() {
    if (ownLines == OPEN) {
      ownLines = lines.line() - 1;
    }
  }

  private void damaged(RejectReason reason, String detail) {
    report(new RejectedException(reason, detail), lines.line());
    lines.drop();
  }

  private void report(RejectedException found, long line) {
    if (damages++ == 0) {
      firstDamage = line;
      why = found;
    }
  }

  @Override
  public long block(byte[] bytes, int length, long firstLine) {
    if (selection == null) {
      return give(bytes, length, firstLine);
    }
    long line = firstLine;
    if (line != passedTo) {
      // What is damaged between was not seen.
      passed = 0;
    }
    int begin = -1;
    for (int at = 0; at < length; line++) {
      int lineFeed = LineFeeds.first(bytes, at, length);
      int end = lineFeed < 0 ? length : lineFeed;
      if (!selection.has(bytes, at, end)) {
        giveRun(bytes, begin, at, line);
        begin = -1;
        passed++;
        passedTo = line + 1;
      } else if (begin < 0) {
        begin = at;
      }
      at = end + 1;
    }
    giveRun(bytes, begin, length, line);
    return line - firstLine;
  }

  /** Gives lines that follow one another, if there are any, before a line of this number. */
  private void giveRun(byte[] bytes, int begin, int end, long line) {
    if (begin >= 0) {
      byte[] run = Arrays.copyOfRange(bytes, begin, end);
      boolean open = run[run.length - 1] != '\n';
      give(run, run.length, line - LineFeeds.count(run, 0, run.length) - (open ? 1 : 0));
      passed = 0;
    }
  }

  private long give(byte[] bytes, int length, long firstLine) {
    return receiver.take(
        new VcfBlock(part.file(), inBlocks, firstLine, header, bytes, length, passed));
  }

  @Override
  public void tooLong(long line) {
    report(tooLong(lineLimit), line);
  }

  static RejectedException tooLong(int limit) {
    return new RejectedException(
        RejectReason.TOO_LARGE, "a line is longer than " + limit + " bytes");
  }
}
