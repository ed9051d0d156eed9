package org.healthbeam.core.variant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.FileRemarks;

/** Scans a whole VCF in memory, as tests need it. */
final class VcfText implements VariantScan.Rows {
  final Totals totals = new Totals();
  final List<VariantSummary> rows = new ArrayList<>();
  final List<PopulationSummary> populations = new ArrayList<>();
  final Map<Integer, String> rejects = new LinkedHashMap<>();
  final Map<Integer, Integer> columns = new LinkedHashMap<>();
  final List<VariantScan.Outcome> outcomes = new ArrayList<>();
  final FileRemarks remarks = new FileRemarks();
  VcfHeader header;

  static VcfText scan(byte[] bytes, OnInvalid policy, Filters filters, Regions regions) {
    return scan(bytes, policy, filters, Axes.of(regions));
  }

  static VcfText scan(byte[] bytes, OnInvalid policy, Filters filters, Axes axes) {
    VcfText result = new VcfText();
    VcfHeader.Scan head = new VcfHeader.Scan(policy);
    VariantScan scan = new VariantScan(policy, filters, axes);
    int line = 0;
    boolean inHeader = true;
    for (int from = 0, to; from < bytes.length; from = to + 1) {
      to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line++;
      try {
        if (!inHeader) {
          result.outcomes.add(scan.scan(bytes, from, to, result.header, result.totals, result));
        } else if (head.line(bytes, from, to)) {
          inHeader = false;
          result.header = head.header();
          result.totals.expect(result.header, "test.vcf");
          scan.begin(
              result.remarks, new VcfBlock("test.vcf", line + 1, result.header, new byte[0]));
        }
      } catch (RejectedException e) {
        result.rejects.put(line, e.detail());
        result.columns.put(line, inHeader ? 0 : scan.column());
        if (inHeader) {
          return result;
        }
      }
    }
    if (inHeader) {
      try {
        head.header();
      } catch (RejectedException e) {
        result.rejects.put(line, e.detail());
      }
    }
    return result;
  }

  static VcfText scan(byte[] bytes) {
    return scan(bytes, OnInvalid.SKIP, Filters.all(), Regions.none());
  }

  /** Scans records of these samples; spaces stand for tabs. */
  static VcfText records(int samples, String... lines) {
    return scan(text(samples, lines));
  }

  static VcfText repaired(int samples, String... lines) {
    return scan(text(samples, lines), OnInvalid.REPAIR, Filters.all(), Regions.none());
  }

  static byte[] text(int samples, String... lines) {
    return text(2, samples, lines);
  }

  static byte[] text(int minorVersion, int samples, String... lines) {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4." + minorVersion + "\n");
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO");
    if (samples > 0) {
      text.append("\tFORMAT");
    }
    for (int s = 1; s <= samples; s++) {
      text.append("\tS").append(s);
    }
    text.append('\n');
    for (String line : lines) {
      text.append(line.replace(' ', '\t')).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void variant(VariantSummary row) {
    rows.add(row);
  }

  @Override
  public void population(PopulationSummary row) {
    populations.add(row);
  }

  VariantSummary row() {
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows, rejects " + rejects);
    }
    return rows.get(0);
  }

  SiteTotals sites() {
    return totals.cohort().sites();
  }

  SampleSummary sample(int index) {
    return totals.cohort().samples().summaries().get(index);
  }
}
