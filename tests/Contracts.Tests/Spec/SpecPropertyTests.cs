using System.Text.Json;
using Brigade.Contracts.Spec;
using CsCheck;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecPropertyTests
{
    private const long Iterations = 200;

    [Fact]
    public void ValidSpec_WrittenAsYamlAndRead_IsTheSame() => SpecGen.Spec.Sample(spec => AssertReads(spec, SpecWriter.ToYaml(spec), SpecFormat.Yaml), iter: Iterations);

    [Fact]
    public void ValidSearch_WrittenAndRead_IsTheSame() => SpecGen.SearchSpecs.Sample(
        spec =>
        {
            AssertReads(spec, SpecWriter.ToYaml(spec), SpecFormat.Yaml);
            AssertReads(spec, SpecWriter.ToJson(spec), SpecFormat.Json);
        },
        iter: Iterations);

    [Fact]
    public void ValidSpec_WrittenAsJsonAndRead_IsTheSame() => SpecGen.Spec.Sample(
        spec =>
        {
            AssertReads(spec, SpecWriter.ToJson(spec), SpecFormat.Json);
            AssertReads(spec, SpecWriter.ToJson(spec, indented: true), SpecFormat.Json);
        },
        iter: Iterations);

    [Fact]
    public void ValidSpec_JsonReadAsYaml_IsTheSame() => SpecGen.Spec
        .Where(spec => spec.Workload.Code is null)
        .Sample(spec => AssertReads(spec, SpecWriter.ToJson(spec), SpecFormat.Yaml), iter: Iterations);

    [Fact]
    public void AnyText_Read_GivesASpecOrPlacedErrors() => Gen.OneOf(
        Gen.Char.Array[0, 200].Select(chars => new string(chars)),
        Gen.Char["{}[]:,-#&*!|>'\"%@`?\n\t abc019~\\"].Array[0, 100].Select(chars => new string(chars)),
        Gen.Byte.Array[0, 200].Select(System.Text.Encoding.Latin1.GetString))
        .Sample(AssertNeverThrows, iter: 3_000);

    [Fact]
    public void MutatedSpec_Read_GivesASpecOrPlacedErrors() => Gen.Select(SpecGen.Spec, Gen.Bool, Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.Char["{}[]:,-#&*!|>'\"%@\n\t a0~\\\0\uD800"].Array[0, 3]).Array[1, 4])
        .Sample(
            (spec, isJson, edits) =>
            {
                var text = isJson ? SpecWriter.ToJson(spec) : SpecWriter.ToYaml(spec);
                foreach (var (position, length, inserted) in edits)
                {
                    var start = position % (text.Length + 1);
                    text = text[..start] + new string(inserted) + text[Math.Min(text.Length, start + length)..];
                }

                AssertNeverThrows(text);
            },
            iter: 1_000);

    private static void AssertReads(ExperimentSpec spec, string text, SpecFormat format)
    {
        var reading = SpecReader.Read(text, format);

        Assert.Empty(reading.Errors);
        Assert.Equal(Everything(spec), Everything(reading.Spec!));
    }

    /// <summary>Every property of the spec, defaults too; so that what the writer forgets is seen.</summary>
    private static string Everything(ExperimentSpec spec) => JsonSerializer.Serialize(spec, BrigadeJson.Indented);

    private static void AssertNeverThrows(string text)
    {
        foreach (var format in Enum.GetValues<SpecFormat>())
        {
            var reading = SpecReader.Read(text, format);
            Assert.NotEqual(reading.IsValid, reading.Errors.Count > 0);
            Assert.All(reading.Errors, error => Assert.True(error.Line > 0 && error.Column > 0 && error.Message.Length > 0, error.ToString()));
        }
    }
}
