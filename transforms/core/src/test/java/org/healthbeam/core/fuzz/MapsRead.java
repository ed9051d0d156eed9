package org.healthbeam.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;

/**
 * What must hold of a reader of maps: it refuses with {@link InvalidMapException}, or its maps
 * compile or are refused so, and then answer what was read. No other exception, whatever the bytes.
 */
final class MapsRead {
  private static final String FILE = "/maps/file";
  private static final int MAX_FACTS = 200;
  private static final int MAX_MESSAGE = 1000;

  /** A reader of maps. */
  interface Reader {
    void tell(InputStream in, String file, MapSink sink) throws InvalidMapException, IOException;
  }

  private final Reader reader;

  MapsRead(Reader reader) {
    this.reader = reader;
  }

  boolean check(byte[] bytes) throws IOException {
    Told told = new Told();
    CodeMap compiled;
    try (MapCompiler compiler = new MapCompiler()) {
      tell(bytes, told);
      Told again = new Told();
      tell(bytes, again);
      assertEquals(told.words(), again.words(), "the same bytes read twice");
      tell(bytes, compiler);
      compiled = CodeMap.over(List.of(compiler.compile()));
    } catch (InvalidMapException e) {
      checkMessage(e.getMessage());
      return false;
    }
    boolean allAsked = !told.asksAnother();
    told.facts().stream().limit(MAX_FACTS).forEach(fact -> checkAnswer(compiled, fact, allAsked));
    return true;
  }

  private void tell(byte[] bytes, MapSink sink) throws InvalidMapException, IOException {
    reader.tell(new ByteArrayInputStream(bytes), FILE, sink);
  }

  /** One line of bounded length that names the file, if there was any map. */
  private static void checkMessage(String message) {
    assertTrue(message.contains(FILE) || message.equals("There is no code map"), message);
    assertTrue(message.length() <= MAX_MESSAGE, message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
  }

  private static void checkAnswer(CodeMap compiled, Told.Fact fact, boolean allAsked) {
    if (!fact.source().valueSet().isEmpty()) {
      return;
    }
    Coding source =
        new Coding(fact.group().source(), fact.group().sourceVersion(), fact.source().code(), "");
    Translation undecided = compiled.translate(source, SeveralTargets.AMBIGUOUS);
    Translation all = compiled.translate(source, SeveralTargets.ALL);
    assertEquals(undecided.answers().size(), all.answers().size());
    assertEquals(undecided.result(), all.result());
    assertFalse(all.outcome() == TranslationOutcome.INVALID, "a code of a map is a code");
    ConceptMap.Target target = fact.target();
    if (allAsked && target != null && isTaken(target)) {
      assertTrue(
          all.acceptedAnswers().stream().anyMatch(a -> has(a, fact.group(), target)),
          "a target of the map is not answered");
    }
  }

  /** Returns whether nothing has to be decided about a target. */
  private static boolean isTaken(ConceptMap.Target target) {
    return !target.code().isEmpty()
        && target.relationship() != Relationship.NOT_RELATED_TO
        && target.dependsOn().isEmpty()
        && target.validity().holds(null)
        && target.combination() == null;
  }

  private static boolean has(Answer answer, MapGroup group, ConceptMap.Target target) {
    return answer.target().system().equals(group.target())
        && answer.target().code().equals(target.code());
  }
}
