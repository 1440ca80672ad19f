// Measures what Brigade promises about its own speed, as ratios against a bare program, side by side in one run.
//   dotnet run -c Release --project tests/Benchmarks                 all suites, prints the tables
//   dotnet run -c Release --project tests/Benchmarks -- fidelity     one suite
//   … --rounds 9                                                     more rounds (default 7, at least 5)
//   … --viewers 20                                                   fewer viewers in the suite viewers (default 200)
//   … --workloads 4                                                  the first workloads of the suite advice only (default all)
//   … --runs 10000                                                   a shorter history in the suite database (default 100000)
//   … --runs DIR                                                     keep the real runs of the suite comparing there, or compare those that are there
//   … --minutes 2                                                    shorter trials of the suite long-trial (default 10)
using System.Globalization;
using Brigade.Benchmarks;

if (args is ["bare", ..])
{
    return BareDotNet.Run(args[1..]);
}

var rounds = 7;
var minutes = 10.0;
string? runs = null;
var viewers = 200;
var workloads = int.MaxValue;
var manyRuns = Database.ManyRuns;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds")
    {
        if (++i >= args.Length || !int.TryParse(args[i], CultureInfo.InvariantCulture, out rounds) || rounds < 5)
        {
            Console.Error.WriteLine("--rounds takes a whole number of at least 5.");
            return 2;
        }
    }
    else if (args[i] == "--viewers")
    {
        if (++i >= args.Length || !int.TryParse(args[i], CultureInfo.InvariantCulture, out viewers) || viewers is not (>= 1 and <= 1_000))
        {
            Console.Error.WriteLine("--viewers takes a whole number from 1 to 1000.");
            return 2;
        }
    }
    else if (args[i] == "--workloads")
    {
        if (++i >= args.Length || !int.TryParse(args[i], CultureInfo.InvariantCulture, out workloads) || workloads < 1)
        {
            Console.Error.WriteLine("--workloads takes a whole number of at least 1.");
            return 2;
        }
    }
    else if (args[i] == "--runs")
    {
        if (++i >= args.Length || !int.TryParse(args[i], CultureInfo.InvariantCulture, out manyRuns) || manyRuns is not (>= 2_000 and <= 1_000_000))
        {
            Console.Error.WriteLine("--runs takes a whole number from 2000 to 1000000.");
            return 2;
        }
    }
    else if (args[i] == "--minutes")
    {
        if (++i >= args.Length || !double.TryParse(args[i], CultureInfo.InvariantCulture, out minutes) || minutes is not (>= 0.5 and <= 60))
        {
            Console.Error.WriteLine("--minutes takes a number from 0.5 to 60.");
            return 2;
        }
    }
    else if (args[i] == "--runs")
    {
        if (++i >= args.Length)
        {
            Console.Error.WriteLine("--runs takes a directory.");
            return 2;
        }

        runs = args[i];
    }
    else
    {
        names.Add(args[i]);
    }
}

ISuite[] suites = [new Fidelity(), new PythonPool(), new SubjectTable(), new FirstMinute(), new Dispatch(), new RoundTrip(), new Cells(), new Screen(), new Viewers(viewers), new Http(), new OpenLoad(), new Recording(), new Ingest(), new Database(manyRuns), new LongTrial(minutes), new TrialStart(), new AdviceBench(workloads), new Comparing(runs), new Changes(), new Api()];
foreach (var unknown in names.Where(name => suites.All(suite => suite.Name != name)))
{
    Console.Error.WriteLine($"There is no suite '{unknown}'. There are: {string.Join(", ", suites.Select(suite => suite.Name))}.");
    return 2;
}

var missed = 0;
Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {rounds} alternating rounds, medians.");
foreach (var suite in suites.Where(suite => names.Count == 0 || names.Contains(suite.Name, StringComparer.Ordinal)))
{
    Console.WriteLine();
    Console.WriteLine($"### {suite.Title}");
    Console.WriteLine();
    Console.WriteLine("| What | Against | Measured (median, lowest to highest) | Reach | |");
    Console.WriteLine("|---|---|---|---|---|");
    await foreach (var row in suite.MeasureAsync(rounds))
    {
        Console.WriteLine(row);
        missed += row.Reached ? 0 : 1;
    }
}

return missed == 0 ? 0 : 1;
