package org.healthbeam.samples.cohort;

import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.samples.Chance;

/** Draws what a caller says about every sample at one site. */
final class Genotypes {
  private static final double READ_ERROR = 0.004;

  private final List<Sample> samples;
  private final Chance chance;

  Genotypes(List<Sample> samples, Chance chance) {
    this.samples = samples;
    this.chance = chance;
  }

  /** The calls of one site as text, and what INFO says about them. */
  record Called(
      String text, List<Integer> alleleCounts, int alleleNumber, long depth, long altReads) {}

  /**
   * Draws the alleles that the samples truly have, two to a sample, the second -1 in haploids. What
   * a deletion takes away, if one is given with its own alleles, is the star.
   */
  int[] truth(Site site, @Nullable Site deletion, @Nullable int[] ofDeletion) {
    int[] truth = new int[2 * samples.size()];
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      double[] frequencies = site.frequencies().get(sample.population());
      int first = allele(frequencies);
      int second = allele(frequencies);
      switch (site.mating()) {
        case EXCESS_HETEROZYGOUS -> {
          first = 0;
          second = chance.happens(0.92) ? 1 : 0;
        }
        case NO_HETEROZYGOUS -> second = first;
        case RANDOM -> {}
      }
      if (deletion != null && ofDeletion != null) {
        first = deletion.deletes(ofDeletion[2 * i]) ? site.star() : first;
        second = deletion.deletes(ofDeletion[2 * i + 1]) ? site.star() : second;
      }
      truth[2 * i] = first;
      truth[2 * i + 1] = site.contig().sexChromosome() && sample.male() ? -1 : second;
    }
    return truth;
  }

  private int allele(double[] frequencies) {
    double left = chance.uniform();
    for (int i = 0; i < frequencies.length; i++) {
      left -= frequencies[i];
      if (left < 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Sequences and calls every sample from the true alleles. */
  Called call(Site site, int[] alleles, boolean phased) {
    int kinds = site.alternates().size() + 1;
    int[] counts = new int[kinds];
    int number = 0;
    long depth = 0;
    long altReads = 0;
    StringBuilder text = new StringBuilder(samples.size() * 20);
    int[] reads = new int[kinds];
    for (int i = 0; i < samples.size(); i++) {
      text.append('\t');
      Sample sample = samples.get(i);
      int first = alleles[2 * i];
      int second = alleles[2 * i + 1];
      boolean haploid = second < 0;
      if (!haploid && sample.contamination() > 0) {
        // Another person's reads turn homozygous calls into heterozygous ones.
        if (first == second && chance.happens(first == 0 ? 0.06 : 0.3)) {
          second = first == 0 ? 1 : 0;
        }
      }
      double expected = sample.depth() * site.depthFactor() * (haploid ? 0.5 : 1);
      int covered = (int) Math.max(0, StrictMath.round(chance.gaussian(expected, 0.2 * expected)));
      if (covered < 4 || chance.happens(sample.missing() + site.missing())) {
        missing(text, haploid, phased, kinds);
        continue;
      }
      sequence(reads, covered, first, second);
      boolean half = !haploid && chance.happens(0.0007);
      char separator = phased ? '|' : '/';
      if (haploid) {
        text.append(first);
      } else if (half) {
        text.append('.').append(separator).append(first);
        second = -1;
      } else if (phased) {
        text.append(first).append(separator).append(second);
      } else {
        text.append(Math.min(first, second)).append(separator).append(Math.max(first, second));
      }
      counts[first]++;
      number++;
      if (second >= 0) {
        counts[second]++;
        number++;
      }
      depth += covered;
      altReads += covered - reads[0];
      text.append(':');
      for (int allele = 0; allele < kinds; allele++) {
        text.append(allele == 0 ? "" : ",").append(reads[allele]);
      }
      text.append(':').append(covered).append(':');
      text.append(quality(reads, covered, first, haploid || half ? first : second));
    }
    return new Called(
        text.toString(), Arrays.stream(counts).boxed().toList(), number, depth, altReads);
  }

  private void missing(StringBuilder text, boolean haploid, boolean phased, int kinds) {
    text.append(haploid ? "." : phased ? ".|." : "./.");
    // Both ways of saying nothing occur: trailing fields left out, and fields that are there.
    if (chance.happens(0.5)) {
      text.append(":0").append(",0".repeat(kinds - 1)).append(":0:.");
    }
  }

  private void sequence(int[] reads, int covered, int first, int second) {
    Arrays.fill(reads, 0);
    if (second < 0 || first == second) {
      int wrong = 0;
      while (wrong < covered && chance.happens(READ_ERROR * covered / (wrong + 1))) {
        wrong++;
      }
      reads[first] += covered - wrong;
      reads[(first + 1 + chance.below(reads.length - 1)) % reads.length] += wrong;
      return;
    }
    int ofFirst = 0;
    for (int i = 0; i < covered; i++) {
      ofFirst += chance.happens(0.5) ? 1 : 0;
    }
    reads[first] += ofFirst;
    reads[second] += covered - ofFirst;
  }

  /** The phred-scaled distance to the next likely genotype, from the reads alone. */
  private static int quality(int[] reads, int covered, int first, int second) {
    double gap;
    if (first == second) {
      // Homozygous against heterozygous: every read that agrees halves the other's chance.
      int against = covered - reads[first];
      gap = 3.01 * reads[first] - 21 * against;
    } else {
      int fewer = Math.min(reads[first], reads[second]);
      gap = 24 * fewer - 3.01 * (covered - fewer);
    }
    return (int) Math.max(1, Math.min(99, StrictMath.round(gap)));
  }
}
