using System.Text;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Agent.Journal;
using Brigade.Runner.Runs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Brigade.Runner.Tests.Agent.Journal;

public sealed class JournalTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-journal-");

    private string FilePath => Path.Combine(_directory.FullName, "x.journal");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Read_WhatWasAppended_ComesBackFromAnyNumber()
    {
        Append(0, 100);
        using var reader = new JournalReader(FilePath);

        Assert.Equal(Json(0, 100), Texts(reader.Read(0, 1000, 1 << 20)));
        Assert.Equal(Json(40, 2), Texts(reader.Read(40, 2, 1 << 20)));
        Assert.Equal(Json(42, 3), Texts(reader.Read(42, 3, 1 << 20)));
        Assert.Equal(Json(0, 1), Texts(reader.Read(0, 1, 1 << 20)));
        Assert.Empty(reader.Read(100, 10, 1 << 20));
    }

    [Fact]
    public void Read_WhileItIsWritten_SeesEachEventOnceAndNoTornOne()
    {
        using var writer = JournalWriter.Open(FilePath);
        using var reader = new JournalReader(FilePath);
        var read = new List<string>();
        for (var index = 0; index < 50; index++)
        {
            writer.Append(Encoding.UTF8.GetBytes(Text(index)));
            read.AddRange(Texts(reader.Read(read.Count, 7, 1 << 20)));
        }

        Assert.Equal(Json(0, 50), read);
    }

    [Fact]
    public void Read_BytesLimit_GivesAtLeastOne()
    {
        Append(0, 3);
        using var reader = new JournalReader(FilePath);

        Assert.Equal(Json(0, 1), Texts(reader.Read(0, 10, 1)));
        Assert.Equal(Json(1, 2), Texts(reader.Read(1, 10, 1000)));
    }

    [Fact]
    public void Read_EventLargerThanTheBuffer_ComesBackWhole()
    {
        var large = "{\"x\":\"" + new string('x', 300_000) + "\"}";
        using (var writer = JournalWriter.Open(FilePath))
        {
            writer.Append(Encoding.UTF8.GetBytes(large));
        }

        using var reader = new JournalReader(FilePath);

        Assert.Equal([large], Texts(reader.Read(0, 10, 1000)));
    }

    [Theory]
    [InlineData("3 {\"n\":")]
    [InlineData("3 {\"n\":3}")]
    [InlineData("3 {\"n\"\n")]
    [InlineData("7 {\"n\":3}\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\n\0\0\0\n")]
    public void Open_TornTail_IsCutOffAndContinued(string tail)
    {
        Append(0, 3);
        File.AppendAllText(FilePath, tail);

        Append(3, 2);

        using var reader = new JournalReader(FilePath);
        Assert.Equal(Json(0, 5), Texts(reader.Read(0, 10, 1 << 20)));
    }

    [Fact]
    public void Append_FullDisk_SaysSo()
    {
        File.CreateSymbolicLink(FilePath, "/dev/full");

        Assert.Throws<RunOutputException>(() =>
        {
            using var writer = JournalWriter.Open(FilePath);
            writer.Append("{}"u8);
        });
    }

    [Fact]
    public void Recover_JournalWithoutItsEnd_EndsItAndKeepsTheRest()
    {
        var store = new JournalStore(_directory.FullName);
        var open = Guid.NewGuid();
        var ended = Guid.NewGuid();
        var empty = Guid.NewGuid();
        Write(store, open, new TrialStarted(DateTimeOffset.UnixEpoch, 0));
        File.AppendAllText(store.PathOf(open), "1 {\"ty");
        Write(store, ended, new RunEnded(DateTimeOffset.UnixEpoch, RunStatus.Completed, ""));
        File.WriteAllText(store.PathOf(empty), "");

        var runs = store.Recover(new FakeTimeProvider()).Select(run => run.RunId);

        Assert.Equal(new[] { open, ended, empty }.Order(), runs.Order());
        Assert.Equal(2, Events(store, open).Count);
        Assert.Equal("The runner was stopped during the run.", Assert.IsType<RunEnded>(Events(store, open)[^1]).Reason);
        Assert.Equal(RunStatus.Completed, Assert.IsType<RunEnded>(Assert.Single(Events(store, ended))).Status);
        Assert.Equal(RunStatus.Failed, Assert.IsType<RunEnded>(Assert.Single(Events(store, empty))).Status);
    }

    private static List<RunEvent> Events(JournalStore store, Guid runId)
    {
        using var reader = new JournalReader(store.PathOf(runId));
        return [.. reader.Read(0, 100, 1 << 20).Select(json => System.Text.Json.JsonSerializer.Deserialize<RunEvent>(json, Contracts.BrigadeJson.Options)!)];
    }

    private static void Write(JournalStore store, Guid runId, RunEvent runEvent)
    {
        using var writer = JournalWriter.Open(store.PathOf(runId));
        writer.Append(JournalStore.Serialize(runEvent));
    }

    private static string Text(int index) => $"{{\"n\":{index}}}";

    private static IEnumerable<string> Json(int from, int count) => Enumerable.Range(from, count).Select(Text);

    private static IEnumerable<string> Texts(IReadOnlyList<byte[]> events) => events.Select(json => Encoding.UTF8.GetString(json));

    private void Append(int from, int count)
    {
        using var writer = JournalWriter.Open(FilePath);
        foreach (var json in Json(from, count))
        {
            writer.Append(Encoding.UTF8.GetBytes(json));
        }
    }
}
