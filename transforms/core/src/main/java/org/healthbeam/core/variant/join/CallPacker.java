package org.healthbeam.core.variant.join;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.VcfHeader;

/**
 * Packs what the records of one file say about its samples, by bins.
 *
 * <p>A record goes into every bin of which it has a base. Its size is that of the records added
 * since they were last given away, and a few hundred bytes for each bin that they touched.
 */
public final class CallPacker {
  /** More bins than this are given away in between, since a long span can touch many. */
  private static final int MAX_BINS = 4_096;

  private final String source;
  private final VcfHeader header;
  private final int width;
  private final BiConsumer<GenomeBin, SampleCalls> packed;
  private final Map<GenomeBin, Calls[]> bins = new LinkedHashMap<>();

  /**
   * Packs the records of a file.
   *
   * @param source the file
   * @param header of the file
   * @param width of the bins
   * @param packed takes the calls of one sample in one bin; of one bin there may be several
   */
  public CallPacker(
      String source, VcfHeader header, int width, BiConsumer<GenomeBin, SampleCalls> packed) {
    this.source = source;
    this.header = header;
    this.width = width;
    this.packed = packed;
  }

  /**
   * Adds the record that was scanned last.
   *
   * @param record of the file that was given; is not kept
   */
  public void add(SampleScan record) {
    String ref = record.ref().toUpperCase(Locale.ROOT);
    List<String> alternates = new ArrayList<>();
    for (int i = 1; i < record.alleles(); i++) {
      String alternate = record.alternate(i);
      boolean bases = alternate.chars().allMatch(Character::isLetter);
      alternates.add(bases ? alternate.toUpperCase(Locale.ROOT) : alternate);
    }
    record.forEach(
        (sample, alleles, from, to, partial, depth, quality, span) -> {
          int[] known = Arrays.copyOfRange(alleles, from, to);
          SampleSite site =
              new SampleSite(
                  record.pos(),
                  ref,
                  alternates,
                  record.id(),
                  record.filter(),
                  record.qual(),
                  known,
                  partial,
                  depth,
                  quality);
          add(record, sample, site, span);
        });
  }

  private void add(SampleScan record, int sample, SampleSite site, long length) {
    boolean isSite = !record.isFiltered() && !record.isOnlyReference();
    SampleSpan span = isSite ? site.span() : spanOf(site, length);
    int first = GenomeBin.indexOf(site.pos(), width);
    int last = GenomeBin.indexOf(span.end() - 1, width);
    for (int index = first; index <= last; index++) {
      GenomeBin bin = new GenomeBin(record.contig(), index);
      Calls calls = calls(bin, sample);
      try {
        if (isSite && index == first) {
          site.write(calls.siteOut, bin.first(width));
        } else {
          span.write(calls.spanOut, bin.first(width));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e); // which a stream in memory does not throw
      }
      if (record.isFiltered() && index == first) {
        calls.filteredOut++;
      }
    }
  }

  /** An alternate that is called in a record without one that is counted is {@code <NON_REF>}. */
  private static SampleSpan spanOf(SampleSite site, long length) {
    ChangedBases[] changes = new ChangedBases[site.alleles().length];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = site.alleles()[i] == 0 ? ChangedBases.NONE : new ChangedBases(0, length);
    }
    return new SampleSpan(
        site.pos(), length, changes, site.partial(), site.depth(), site.quality());
  }

  private Calls calls(GenomeBin bin, int sample) {
    Calls[] samples = bins.get(bin);
    if (samples == null) {
      if (bins.size() >= MAX_BINS) {
        giveAway();
      }
      samples = new Calls[header.samples().size()];
      bins.put(bin, samples);
    }
    if (samples[sample] == null) {
      samples[sample] = new Calls();
    }
    return samples[sample];
  }

  /** Gives away all that was added. */
  public void giveAway() {
    bins.forEach(
        (bin, samples) -> {
          for (int s = 0; s < samples.length; s++) {
            if (samples[s] != null) {
              packed.accept(bin, samples[s].packed(header.samples().get(s), bin.contig()));
            }
          }
        });
    bins.clear();
  }

  /** The calls of one sample in one bin. */
  private final class Calls {
    private final ByteArrayOutputStream sites = new ByteArrayOutputStream();
    private final ByteArrayOutputStream spans = new ByteArrayOutputStream();
    private final DataOutputStream siteOut = new DataOutputStream(sites);
    private final DataOutputStream spanOut = new DataOutputStream(spans);
    private int filteredOut;

    SampleCalls packed(String sample, String contig) {
      return new SampleCalls(
          sample, source, contig, filteredOut, sites.toByteArray(), spans.toByteArray());
    }
  }
}
