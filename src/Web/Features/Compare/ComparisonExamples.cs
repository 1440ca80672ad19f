using System.Text.Json.Nodes;

namespace Brigade.Web.Features.Compare;

/// <summary>Examples for the document.</summary>
internal static class ComparisonExamples
{
    public static JsonNode Pin => JsonNode.Parse("""{ "runId": "01a20c34-f0e2-7ea4-a642-2a357692ffc3", "note": "release 1.4" }""")!;

    public static JsonNode Comparison => JsonNode.Parse(
        """
        {
          "verdict": "slower",
          "text": "Slower in 1 of 9 cells, faster in none, same in 8.",
          "runs": [
            { "id": "01a20c34-f0e2-7ea4-a642-2a357692ffc3", "name": "primes", "endedAt": "2026-11-23T09:12:44+00:00" },
            { "id": "01a2117b-3c55-7d02-9f0e-8be1f3a6c0aa", "name": "primes", "endedAt": "2026-11-24T09:10:02+00:00" }
          ],
          "summaries": [
            { "run": 1, "metric": "throughput", "verdict": "slower", "text": "Slower in 1 of 9 cells, faster in none, same in 8.", "cells": 9, "faster": 0, "slower": 1, "same": 8, "notEnoughData": 0 },
            { "run": 1, "metric": "p99", "verdict": "same", "text": "No difference that matters in all 9 cells.", "cells": 9, "faster": 0, "slower": 0, "same": 9, "notEnoughData": 0 }
          ],
          "differences": [
            { "field": "runtime python3.11", "values": ["3.11.2", "3.11.9"], "severity": "info", "text": "The runs used different versions of python3.11." }
          ],
          "cells": [
            {
              "label": "python3.11 · threads × 2",
              "cell": { "runtime": "python3.11", "strategy": "threads", "workers": 2, "payloadBytes": 0, "params": { "limit": 20000 } },
              "runs": [
                { "cell": 3, "runtime": "python3.11", "completed": 10, "errorRatio": 0, "throughput": { "median": 412, "low": 409, "high": 415, "values": [412, 409, 415] }, "p99": { "median": 6.1, "low": 6, "high": 6.3, "values": [6.1, 6, 6.3] } },
                { "cell": 3, "runtime": "python3.11", "completed": 10, "errorRatio": 0, "throughput": { "median": 371, "low": 366, "high": 374, "values": [371, 366, 374] }, "p99": { "median": 6.2, "low": 6, "high": 6.4, "values": [6.2, 6, 6.4] } }
              ],
              "verdicts": [
                { "run": 1, "metric": "throughput", "verdict": "slower", "relativeShift": -0.1, "low": -0.12, "high": -0.08, "pValue": 0.0002, "effect": -1, "floor": 0.03, "reason": "10 % less throughput (8 to 12 %)." }
              ]
            }
          ],
          "apart": [],
          "url": "/compare?runs=01a20c34-f0e2-7ea4-a642-2a357692ffc3,01a2117b-3c55-7d02-9f0e-8be1f3a6c0aa"
        }
        """)!;
}
