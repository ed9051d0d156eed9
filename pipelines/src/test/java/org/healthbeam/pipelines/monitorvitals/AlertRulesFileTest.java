package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.pipelines.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRulesFileTest {
  @Test
  void rulesOfAFileAreThoseMadeInJava() throws Exception {
    List<AlertRule> rules =
        AlertRulesFile.parse(
            "r.json",
            """
            [{"name": "score", "priority": "high", "signal": {"score": "NEWS2"},
              "raise": [">=7"], "clear": ["<=4"], "suppression": "30m", "source": "a chart"},
             {"name": "risk", "priority": "low-medium", "signal": {"risk": "NEWS2"},
              "raise": [">=1", "<2"]},
             {"name": "points", "priority": "medium",
              "signal": {"points": "NEWS2", "parameter": "spo2"}, "raise": [">=3"]},
             {"name": "value", "priority": "low", "signal": {"value": "heart_rate"},
              "raise": [">130"], "onDelay": "15s", "offDelay": "1m", "expiry": "2h"},
             {"name": "delta", "priority": "low",
              "signal": {"delta": "systolic_bp", "over": "1h"}, "raise": ["<-40"]},
             {"name": "slope", "priority": "low",
              "signal": {"slope": "temperature", "over": "4h"}, "raise": [">=0.5"]},
             {"name": "any", "priority": "low", "signal": {"missing": "any", "after": "10m"}},
             {"name": "one", "priority": "low", "signal": {"missing": "spo2", "after": "5m"},
              "repeatEvery": "2m", "repeats": 4}]
            """);
    assertEquals(
        List.of(
            AlertRule.of("score", AlertPriority.HIGH, AlertSignal.score("NEWS2"), ">=7")
                .clearing("<=4")
                .suppressedFor(Duration.ofMinutes(30))
                .from("a chart"),
            AlertRule.of("risk", AlertPriority.LOW_MEDIUM, AlertSignal.risk("NEWS2"), ">=1", "<2"),
            AlertRule.of(
                "points", AlertPriority.MEDIUM, AlertSignal.points("NEWS2", "spo2"), ">=3"),
            AlertRule.of(
                    "value", AlertPriority.LOW, AlertSignal.value(VitalKind.HEART_RATE), ">130")
                .expiringAfter(Duration.ofHours(2))
                .delayed(Duration.ofSeconds(15), Duration.ofMinutes(1)),
            AlertRule.of(
                "delta",
                AlertPriority.LOW,
                AlertSignal.delta(VitalKind.SYSTOLIC_BP, Duration.ofHours(1)),
                "<-40"),
            AlertRule.of(
                "slope",
                AlertPriority.LOW,
                AlertSignal.slope(VitalKind.TEMPERATURE, Duration.ofHours(4)),
                ">=0.5"),
            AlertRule.of(
                "any", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofMinutes(10))),
            AlertRule.of(
                    "one",
                    AlertPriority.LOW,
                    AlertSignal.missing(VitalKind.SPO2, Duration.ofMinutes(5)))
                .repeating(Duration.ofMinutes(2), 4)),
        rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                   | a list of rules is expected",
        "[{'name':'a','colour':1}]                            | 'colour' is none of name",
        "[{'name':'a','priority':'loud','signal':{}}]         | rule 1: priority 'loud' is none",
        "[{'name':'a','priority':'low','signal':{'value':'mood'}}] | kind 'mood' is none",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'}}] | rule a has no threshold",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['=9']}] "
            + "| threshold '=9' is not written like",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['<9'],'onDelay':'13h'}] "
            + "| rule a expires before its delays are over",
        "[{'name':'a','priority':'low','signal':{'value':'spo2','score':'NEWS2'},'raise':['<9']}] "
            + "| exactly one of score, risk",
        "[{'name':'a','priority':'low','signal':{'value':'spo2','over':'1h'},'raise':['<9']}] "
            + "| 'over' has no effect on the signal 'value'",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['<9'],'repeats':2}] "
            + "| 'repeats' has no effect on a rule of values or scores",
        "[{'name':'a','priority':'low','signal':{'missing':'any','after':'1h'},'expiry':'2h'}] "
            + "| 'expiry' has no effect on a rule of missing readings",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['<90'],'clear':['>88']}] "
            + "| raises and clears at the same value",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['<9'],"
            + "'suppression':'999d'}] | rule a has a duration above 366d",
        "[{'name':'a','priority':'low','signal':{'value':'spo2'},'raise':['<9'],"
            + "'suppression':'999999999d'}] | '999999999d' is longer than 3650d",
      })
  void whatCannotBeReadIsNamedWithItsFile(String text, String message) {
    UsageException e =
        assertThrows(
            UsageException.class, () -> AlertRulesFile.parse("my.json", text.replace('\'', '"')));
    assertTrue(e.getMessage().startsWith("--alertRules: my.json"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
