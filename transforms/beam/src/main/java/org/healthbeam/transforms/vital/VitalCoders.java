package org.healthbeam.transforms.vital;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.SlotDigests;
import org.healthbeam.transforms.vital.quality.QualityItemCoder;
import org.healthbeam.transforms.vital.quality.ReadingGapsCoder;
import org.healthbeam.transforms.vital.window.SlotDigestCoder;
import org.healthbeam.transforms.vital.window.SlotDigestsCoder;
import org.healthbeam.transforms.vital.window.SummaryKeyCoder;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class VitalCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        provider(VitalReading.class, VitalReadingCoder.of()),
        provider(VitalSign.class, VitalSignCoder.of()),
        provider(VitalPoint.class, VitalPointCoder.of()),
        provider(SeriesKey.class, SeriesKeyCoder.of()),
        provider(ReadingSeries.class, ReadingSeriesCoder.of()),
        provider(SubjectSeries.class, SubjectSeriesCoder.of()),
        provider(VitalArtefact.class, VitalArtefactCoder.of()),
        provider(SlotDigest.class, SlotDigestCoder.of()),
        provider(SlotDigests.class, SlotDigestsCoder.of()),
        provider(SummaryKey.class, SummaryKeyCoder.of()),
        provider(ReadingGaps.class, ReadingGapsCoder.of()),
        provider(QualityItem.class, QualityItemCoder.of()),
        provider(VitalSummary.class, VitalSummaryCoder.of()),
        provider(EarlyWarningScore.class, EarlyWarningScoreCoder.of()));
  }

  private static <T> CoderProvider provider(Class<T> type, Coder<T> coder) {
    return CoderProviders.forCoder(TypeDescriptor.of(type), coder);
  }
}
