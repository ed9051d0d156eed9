package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.CallFilters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.join.CallPacker;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.transforms.variant.lines.LineReading;
import org.joda.time.Instant;

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

  /** Sample and key of a sequence, and how which file calls that; several times perhaps. */
  static final TupleTag<KV<KV<String, String>, KV<String, String>>> SOURCES =
      new TupleTag<KV<KV<String, String>, KV<String, String>>>("sources") {
        private static final long serialVersionUID = 1L;
      };

  /** By sample, on which sequence which file has it; several times perhaps. */
  static final TupleTag<KV<String, SampleFile>> FILES =
      new TupleTag<KV<String, SampleFile>>("files") {
        private static final long serialVersionUID = 1L;
      };

  static final Coder<KV<String, SampleFile>> FILES_CODER =
      KvCoder.of(StringUtf8Coder.of(), SampleFile.FileCoder.of());

  static final Coder<KV<KV<String, String>, KV<String, String>>> SOURCES_CODER =
      KvCoder.of(
          KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()),
          KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));

  /** The key of the mitochondrion of UCSC's hg19, which no file calls so. */
  private static final String OLD_MITOCHONDRION = "NC_001807.4 by its length";

  private final LineReading<P, ?> reading;
  private final OnInvalid policy;
  private final CallFilters filters;
  private final int width;
  private final Sequences sequences;
  private final boolean tellsFiles;

  @Nullable private transient SampleScan scan;

  /** Tells by a name which sequence it is. */
  @FunctionalInterface
  interface Sequences extends Serializable {
    /** Returns what is the same for all names of a sequence. */
    String key(String name);
  }

  /**
   * @param sequences by whose keys the bins call them
   * @param tellsFiles whether it tells {@link #FILES}, else {@link #SOURCES}
   */
  PackCalls(
      LineReading<P, ?> reading,
      OnInvalid policy,
      CallFilters filters,
      int width,
      Sequences sequences,
      boolean tellsFiles) {
    this.reading = reading;
    this.policy = policy;
    this.filters = filters;
    this.width = width;
    this.sequences = sequences;
    this.tellsFiles = tellsFiles;
  }

  /**
   * Returns what a step that packs calls emits beside them: no output that nobody takes, of which
   * Beam's Spark runner has no coder.
   */
  static TupleTagList others(boolean tellsFiles) {
    return TupleTagList.of(SAMPLES).and(tellsFiles ? FILES : SOURCES);
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    if (scan == null) {
      scan = new SampleScan(policy, filters);
    }
    reading.read(
        context, out, new Packed(scan, width, sequences, tellsFiles, context.timestamp(), out));
  }

  @Teardown
  public void teardown() {
    reading.close();
  }

  /** Packs the calls of each block. */
  private static final class Packed implements LineReading.Scanner {
    private final SampleScan scanner;
    private final int width;
    private final Sequences sequences;
    private final boolean tellsFiles;
    private final long time;
    private final MultiOutputReceiver out;
    private final Set<KV<String, String>> told = new HashSet<>();
    private CallPacker packer;
    private String oldMitochondrion = "";

    /** Of the line that names the samples; below 0 before the first block. */
    private long line = -1;

    Packed(
        SampleScan scanner,
        int width,
        Sequences sequences,
        boolean tellsFiles,
        Instant time,
        MultiOutputReceiver out) {
      this.scanner = scanner;
      this.width = width;
      this.sequences = sequences;
      this.tellsFiles = tellsFiles;
      this.time = time.getMillis();
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
      if (line < 0) {
        line = block.part().isPlaced() ? block.firstLine() - 1 : 0;
      }
      oldMitochondrion = block.header().declarations().oldMitochondrion();
      packer = new CallPacker(block.source(), block.header(), width, this::give);
    }

    private void give(GenomeBin bin, SampleCalls calls) {
      String name = bin.contig();
      String key = key(name);
      out.get(CALLS).output(KV.of(new GenomeBin(key, bin.index()), calls));
      if (told.add(KV.of(calls.sample(), name))) {
        if (tellsFiles) {
          SampleFile file = new SampleFile(key, name, calls.source(), line, time);
          out.get(FILES).output(KV.of(calls.sample(), file));
        } else {
          out.get(SOURCES).output(KV.of(KV.of(calls.sample(), key), KV.of(name, calls.source())));
        }
      }
    }

    private String key(String name) {
      return name.equals(oldMitochondrion) ? OLD_MITOCHONDRION : sequences.key(name);
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
