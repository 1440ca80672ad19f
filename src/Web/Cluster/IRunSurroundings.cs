namespace Brigade.Web.Cluster;

/// <summary>What a run's owner asks of its surroundings.</summary>
internal interface IRunSurroundings
{
    void Updated(RunUpdate update);

    void Ended();

    void CancelOnRunner(string runnerId);
}
