package org.healthbeam.transforms.variant.join;

import java.util.HashSet;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.join.CallPacker;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.variant.LineRejects;

/** Scans blocks of lines and packs what they say about each sample by bins of the genome. */
final class PackCalls extends DoFn<VcfBlock, KV<GenomeBin, SampleCalls>> {
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

  private final Outcomes outcomes;
  private final LineRejects rejects;
  private final OnInvalid policy;
  private final Filters filters;
  private final int width;

  @Nullable private transient SampleScan scan;

  PackCalls(Outcomes outcomes, OnInvalid policy, Filters filters, int width) {
    this.outcomes = outcomes;
    this.rejects = new LineRejects(outcomes, policy);
    this.policy = policy;
    this.filters = filters;
    this.width = width;
  }

  @ProcessElement
  public void process(@Element VcfBlock block, MultiOutputReceiver out) {
    if (block.header().samples().isEmpty()) {
      throw UnjoinableFilesException.noSample(block.source());
    }
    if (scan == null) {
      scan = new SampleScan(policy, filters);
    }
    if (block.bytes().length == 0) {
      block.header().samples().forEach(out.get(SAMPLES)::output);
    }
    Set<KV<String, String>> told = new HashSet<>();
    CallPacker packer =
        new CallPacker(
            block.source(),
            block.header(),
            width,
            (bin, calls) -> {
              out.get(CALLS).output(KV.of(bin, calls));
              KV<String, String> what = KV.of(calls.sample(), bin.contig());
              if (told.add(what)) {
                out.get(SOURCES).output(KV.of(what, calls.source()));
              }
            });
    scan(block, scan, packer, out);
    packer.giveAway();
    LineRejects.countLines(block, out);
  }

  private void scan(
      VcfBlock block, SampleScan scanner, CallPacker packer, MultiOutputReceiver out) {
    byte[] bytes = block.bytes();
    long[] counts = new long[VariantScan.Outcome.values().length];
    long lines = 0;
    int from = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        VariantScan.Outcome outcome = scanner.scan(bytes, from, to, block.header());
        if (outcome != VariantScan.Outcome.EMPTY) {
          packer.add(scanner);
        }
        counts[outcome.index()]++;
      } catch (RejectedException why) {
        rejects.reject(block, block.firstLine() + lines, scanner.column(), why, from, to, out);
      }
      lines++;
      from = to + 1;
    }
    outcomes.in(lines);
    for (VariantScan.Outcome outcome : VariantScan.Outcome.values()) {
      if (counts[outcome.index()] > 0) {
        outcomes.out(outcome.label(), counts[outcome.index()]);
      }
    }
  }
}
