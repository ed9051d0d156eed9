package org.healthbeam.io.vcf;

import java.io.EOFException;
import java.io.IOException;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.io.text.FileSystemException;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.outcome.Outcomes;

/** Reads one file from its beginning to its end. */
final class ReadVcfFile extends DoFn<MatchResult.Metadata, VcfBlock> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VcfBlock> BLOCKS =
      new TupleTag<VcfBlock>("blocks") {
        private static final long serialVersionUID = 1L;
      };

  private static final byte[] NOTHING = new byte[0];

  private final Outcomes outcomes;
  private final OnInvalid policy;
  private final int blockBytes;
  private final int lineLimit;

  ReadVcfFile(Outcomes outcomes, OnInvalid policy, int blockBytes, int lineLimit) {
    this.outcomes = outcomes;
    this.policy = policy;
    this.blockBytes = blockBytes;
    this.lineLimit = lineLimit;
  }

  @ProcessElement
  public void process(@Element MatchResult.Metadata file, MultiOutputReceiver out)
      throws IOException {
    String name = file.resourceId().toString();
    outcomes.in();
    Progress progress = new Progress(name, out.get(BLOCKS));
    try (SniffedFile sniffed = SniffedFile.open(file.resourceId())) {
      progress.read(new BlockScanner(sniffed.stream(), blockBytes, lineLimit), policy);
      outcomes.out();
    } catch (FileSystemException e) {
      if (!e.isNoPermission()) {
        throw e;
      }
      reject(
          out.get(Outcomes.REJECTED),
          RejectReason.UNREADABLE,
          "no permission to read the file",
          progress);
    } catch (RejectedException e) {
      reject(out.get(Outcomes.REJECTED), e.reason(), e.detail(), progress);
    } catch (EOFException e) {
      reject(
          out.get(Outcomes.REJECTED),
          RejectReason.TRUNCATED,
          "the compressed data end early; the whole lines before are used",
          progress);
    } catch (IOException e) {
      reject(
          out.get(Outcomes.REJECTED),
          RejectReason.MALFORMED,
          "the compressed data are damaged; the whole lines before are used",
          progress);
    }
  }

  private void reject(
      OutputReceiver<Rejected> receiver, RejectReason reason, String detail, Progress progress) {
    if (policy == OnInvalid.STRICT) {
      throw new InvalidFileException(
          progress.file, progress.line(), new RejectedException(reason, detail));
    }
    progress.emitRest();
    outcomes.reject(
        receiver, reason, detail, progress.file, Long.toString(progress.line()), NOTHING);
  }

  /** How far the reading of one file has come. */
  private static final class Progress {
    private final String file;
    private final OutputReceiver<VcfBlock> receiver;
    private BlockScanner scanner;
    private VcfHeader header;

    Progress(String file, OutputReceiver<VcfBlock> receiver) {
      this.file = file;
      this.receiver = receiver;
    }

    void read(BlockScanner blocks, OnInvalid policy) throws IOException, RejectedException {
      scanner = blocks;
      header = blocks.header(policy);
      emit(NOTHING);
      for (byte[] block = blocks.next(); block != null; block = blocks.next()) {
        emit(block);
      }
    }

    void emitRest() {
      byte[] rest = header == null ? null : scanner.rest();
      if (rest != null) {
        emit(rest);
      }
    }

    private void emit(byte[] block) {
      receiver.output(new VcfBlock(file, scanner.line(), header, block));
      scanner.passed(block);
    }

    long line() {
      return scanner == null ? 1 : scanner.line();
    }
  }
}
