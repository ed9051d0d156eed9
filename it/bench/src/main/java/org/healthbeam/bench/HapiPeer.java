package org.healthbeam.bench;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.util.FhirTerser;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * What one would write with HAPI: parse a resource into its model of R4, ask the same maps for each
 * coding of every CodeableConcept, add the targets, encode. Not to be shared by threads.
 */
final class HapiPeer {
  private final CodeMap maps;
  private final SeveralTargets policy;
  private final IParser parser;
  private final FhirTerser terser;

  HapiPeer(FhirContext context, CodeMap maps, SeveralTargets policy) {
    this.maps = maps;
    this.policy = policy;
    this.parser = context.newJsonParser();
    this.terser = context.newTerser();
  }

  byte[] translate(byte[] json) {
    IBaseResource resource = parse(json);
    for (CodeableConcept concept :
        terser.getAllPopulatedChildElementsOfType(resource, CodeableConcept.class)) {
      addTargets(concept);
    }
    return encode(resource);
  }

  IBaseResource parse(byte[] json) {
    return parser.parseResource(
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8));
  }

  private byte[] encode(IBaseResource resource) {
    return parser.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
  }

  private void addTargets(CodeableConcept concept) {
    List<Answer> targets = new ArrayList<>(2);
    for (Coding coding : concept.getCoding()) {
      targets.addAll(translate(coding).acceptedAnswers());
    }
    for (Answer target : targets) {
      if (!has(concept, target)) {
        Coding added = concept.addCoding();
        added.setSystem(target.target().system()).setCode(target.target().code());
        if (!target.target().version().isEmpty()) {
          added.setVersion(target.target().version());
        }
        if (!target.target().display().isEmpty()) {
          added.setDisplay(target.target().display());
        }
      }
    }
  }

  private Translation translate(Coding coding) {
    return maps.translate(
        new org.healthbeam.core.code.Coding(
            text(coding.getSystem()),
            text(coding.getVersion()),
            text(coding.getCode()),
            text(coding.getDisplay())),
        policy);
  }

  private static boolean has(CodeableConcept concept, Answer target) {
    for (Coding coding : concept.getCoding()) {
      if (target.target().code().equals(coding.getCode())
          && target.target().system().equals(coding.getSystem())) {
        return true;
      }
    }
    return false;
  }

  private static String text(@javax.annotation.Nullable String text) {
    return text == null ? "" : text;
  }
}
