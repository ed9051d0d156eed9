package org.healthbeam.samples.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.healthbeam.samples.Chance;

/** Draws the sites of a cohort: places, alleles, and frequencies. */
final class Sites {
  /** Transitions for each transversion, about what whole genomes show. */
  private static final double TI_TV = 2.1;

  /** Wright's fixation index between the populations: light structure. */
  private static final double FST = 0.03;

  private static final double RAREST = 1.0 / 4000;

  private final Chance chance;

  Sites(Chance chance) {
    this.chance = chance;
  }

  /** Returns places on a contig, most of them in genes, in order. */
  Iterable<Integer> positions(Genome.Contig contig, int count) {
    List<Genome.Gene> genes =
        Genome.GENES.stream().filter(gene -> gene.contig().equals(contig.name())).toList();
    TreeSet<Integer> positions = new TreeSet<>();
    while (positions.size() < count) {
      if (chance.happens(0.75)) {
        Genome.Gene gene = genes.get(chance.below(genes.size()));
        positions.add(gene.start() + 1 + chance.below(gene.end() - gene.start()));
      } else {
        // Away from the ends, where X pairs with Y and males are diploid.
        positions.add(3_000_000 + chance.below(contig.length() - 6_000_000));
      }
    }
    return positions;
  }

  /** Draws a site that stands at this place or, where an indel must be left-aligned, soon after. */
  Site draw(Genome.Contig contig, int position) {
    double kind = chance.uniform();
    if (kind < 0.002) {
      return site(contig, position, Genome.bases(contig, position, 1), List.of("<DEL>"));
    }
    if (kind < 0.84) {
      String reference = Genome.bases(contig, position, 1);
      List<String> alternates = new ArrayList<>();
      alternates.add(substitute(reference.charAt(0)));
      if (chance.happens(0.03)) {
        String second = substitute(reference.charAt(0));
        if (!alternates.contains(second)) {
          alternates.add(second);
        }
      }
      return site(contig, position, reference, alternates);
    }
    if (kind < 0.86) {
      int length = 1 + chance.geometric(0.7);
      String reference = Genome.bases(contig, position, length);
      StringBuilder alternate = new StringBuilder();
      for (int i = 0; i < length; i++) {
        alternate.append(substitute(reference.charAt(i)));
      }
      return site(contig, position, reference, List.of(alternate.toString()));
    }
    return chance.happens(0.54) ? deletion(contig, position) : insertion(contig, position);
  }

  private Site deletion(Genome.Contig contig, int from) {
    int length = indelLength();
    int position = from;
    // Left-aligned: the last base that goes must differ from the base before the first.
    while (Genome.base(contig, position) == Genome.base(contig, position + length)) {
      position++;
    }
    String reference = Genome.bases(contig, position, length + 1);
    List<String> alternates = new ArrayList<>(List.of(reference.substring(0, 1)));
    if (length > 1 && chance.happens(0.12)) {
      alternates.add(reference.substring(0, length));
    }
    return site(contig, position, reference, alternates);
  }

  private Site insertion(Genome.Contig contig, int position) {
    int length = indelLength();
    char anchor = Genome.base(contig, position);
    StringBuilder inserted = new StringBuilder().append(anchor);
    for (int i = 0; i < length - 1; i++) {
      inserted.append(chance.oneOf('A', 'C', 'G', 'T').charValue());
    }
    inserted.append(substitute(anchor));
    List<String> alternates = new ArrayList<>(List.of(inserted.toString()));
    if (chance.happens(0.06)) {
      alternates.add(inserted.substring(0, 1) + inserted);
    }
    return site(contig, position, String.valueOf(anchor), alternates);
  }

  /** Short ones most, whole codons more often than their neighbours. */
  private int indelLength() {
    int length = Math.min(40, chance.geometric(0.42));
    return length % 3 != 0 && chance.happens(0.15) ? (length / 3 + 1) * 3 : length;
  }

  /** A substitution within a deletion, whose carriers show the star allele here. */
  Site within(Site deletion) {
    int position = deletion.position() + 1 + chance.below(deletion.reference().length() - 1);
    String reference = Genome.bases(deletion.contig(), position, 1);
    return site(
        deletion.contig(), position, reference, List.of(substitute(reference.charAt(0)), "*"));
  }

  private String substitute(char base) {
    char transition = Genome.transition(base);
    if (chance.happens(TI_TV / (1 + TI_TV))) {
      return String.valueOf(transition);
    }
    char other;
    do {
      other = chance.oneOf('A', 'C', 'G', 'T');
    } while (other == base || other == transition);
    return String.valueOf(other);
  }

  private Site site(Genome.Contig contig, int position, String reference, List<String> alternates) {
    Site.Mating mating = Site.Mating.RANDOM;
    double odd = chance.uniform();
    if (!contig.sexChromosome() && alternates.size() == 1 && odd < 0.008) {
      mating = odd < 0.004 ? Site.Mating.EXCESS_HETEROZYGOUS : Site.Mating.NO_HETEROZYGOUS;
    }
    double trouble = chance.uniform();
    Site.Trouble what =
        trouble < 0.03
            ? Site.Trouble.LOW_QUALITY
            : trouble < 0.045
                ? Site.Trouble.CLUSTER
                : trouble < 0.05 ? Site.Trouble.UNFILTERED : Site.Trouble.NONE;
    boolean hard = chance.happens(0.03) || what == Site.Trouble.LOW_QUALITY;
    return new Site(
        contig,
        position,
        reference,
        List.copyOf(alternates),
        frequencies(alternates, mating),
        mating,
        hard ? chance.between(0.05, 0.35) : 0,
        hard ? chance.between(0.35, 0.7) : chance.between(0.85, 1.15),
        what);
  }

  /**
   * Frequencies whose density falls as one over the frequency, as neutral evolution has it, spread
   * over the populations as Balding and Nichols (1995) have it.
   */
  private List<double[]> frequencies(List<String> alternates, Site.Mating mating) {
    double[][] frequencies = new double[Sample.POPULATIONS.size()][alternates.size()];
    double left = 1;
    for (int i = 0; i < alternates.size(); i++) {
      if (alternates.get(i).equals("*")) {
        continue;
      }
      double ancestral = StrictMath.exp(chance.between(StrictMath.log(RAREST), 0)) * left;
      if (mating == Site.Mating.NO_HETEROZYGOUS) {
        ancestral = chance.between(0.2, 0.6);
      }
      left -= ancestral;
      double spread = (1 - FST) / FST;
      for (double[] population : frequencies) {
        double drawn =
            chance.beta(
                Math.max(1e-6, ancestral * spread), Math.max(1e-6, (1 - ancestral) * spread));
        // Several alternates must leave room for one another.
        population[i] = alternates.size() == 1 ? drawn : drawn / alternates.size();
      }
    }
    return List.of(frequencies);
  }
}
