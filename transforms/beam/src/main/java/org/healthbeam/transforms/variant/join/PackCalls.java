package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.join.CallPacker;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.transforms.variant.lines.LineReading;

/** Reads and scans lines and packs what they say about each sample by bins of the genome. */
final class PackCalls<P> extends DoFn<P, KV<GenomeBin, SampleCalls>> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<GenomeBin, SampleCalls>> CALLS =
      new TupleTag<KV<GenomeBin, SampleCalls>>("calls") {
        private static final long serialVersionUID = 1L;
      };

  /** The names of the samples of each file, several times perhaps. */
  static final TupleTag<String> SAMPLES =
      new TupleTag<String>("samples") {
        private static final long serialVersionUID = 1L;
      };

  /** Which file has a sample on a sequence, several times perhaps. */
  static final TupleTag<KV<KV<String, String>, String>> SOURCES =
      new TupleTag<KV<KV<String, String>, String>>("sources") {
        private static final long serialVersionUID = 1L;
      };

  private final LineReading<P, ?> reading;
  private final OnInvalid policy;
  private final Filters filters;
  private final int width;

  @Nullable private transient SampleScan scan;

  PackCalls(LineReading<P, ?> reading, OnInvalid policy, Filters filters, int width) {
    this.reading = reading;
    this.policy = policy;
    this.filters = filters;
    this.width = width;
  }

  /** Returns what a step that packs calls emits beside them. */
  static TupleTagList others() {
    return TupleTagList.of(SAMPLES).and(SOURCES);
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    if (scan == null) {
      scan = new SampleScan(policy, filters);
    }
    reading.read(context, out, new Packed(scan, width, out));
  }

  @Teardown
  public void teardown() {
    reading.close();
  }

  /** Packs the calls of each block. */
  private static final class Packed implements LineReading.Scanner {
    private final SampleScan scanner;
    private final int width;
    private final MultiOutputReceiver out;
    private final Set<KV<String, String>> told = new HashSet<>();
    private CallPacker packer;

    Packed(SampleScan scanner, int width, MultiOutputReceiver out) {
      this.scanner = scanner;
      this.width = width;
      this.out = out;
    }

    @Override
    public void begin(VcfBlock block) {
      if (block.header().samples().isEmpty()) {
        throw UnjoinableFilesException.noSample(block.source());
      }
      if (block.length() == 0) {
        block.header().samples().forEach(out.get(SAMPLES)::output);
      }
      packer = new CallPacker(block.source(), block.header(), width, this::give);
    }

    private void give(GenomeBin bin, SampleCalls calls) {
      out.get(CALLS).output(KV.of(bin, calls));
      KV<String, String> what = KV.of(calls.sample(), bin.contig());
      if (told.add(what)) {
        out.get(SOURCES).output(KV.of(what, calls.source()));
      }
    }

    @Override
    public VariantScan.Outcome line(VcfBlock block, int from, int to) throws RejectedException {
      VariantScan.Outcome outcome = scanner.scan(block.bytes(), from, to, block.header());
      if (outcome != VariantScan.Outcome.EMPTY) {
        packer.add(scanner);
      }
      return outcome;
    }

    @Override
    public int column() {
      return scanner.column();
    }

    @Override
    public void end(VcfBlock block) {
      packer.giveAway();
    }
  }
}
