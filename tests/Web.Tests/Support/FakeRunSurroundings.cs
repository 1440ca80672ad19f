using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

internal sealed class FakeRunSurroundings : IRunSurroundings
{
    public List<RunUpdate> Updates { get; } = [];

    public List<string> Cancelled { get; } = [];

    public int EndedCount { get; private set; }

    public void Updated(RunUpdate update) => Updates.Add(update);

    public void Ended() => EndedCount++;

    public void CancelOnRunner(string runnerId) => Cancelled.Add(runnerId);
}
