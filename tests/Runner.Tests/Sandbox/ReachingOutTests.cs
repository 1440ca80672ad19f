using System.Net;
using System.Net.Sockets;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sandbox;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

/// <summary>Code that reaches for what is not its own. Each attempt is made without the sandbox too, where it succeeds.</summary>
public sealed class ReachingOutTests : IDisposable
{
    private const string Secret = "canary-5d0c1f";

    private readonly string _outside = Directory.CreateTempSubdirectory("brigade-test-").FullName;

    public ReachingOutTests() => File.WriteAllText(Path.Combine(_outside, "secret"), Secret);

    /// <summary>What the placeholders stand for is only known in the test.</summary>
    public static TheoryData<string, string> Attempts => new()
    {
        { "read a file of the runner's", "return open('OUTSIDE/secret').read() and 'done'" },
        { "list a directory of the runner's", "return os.listdir('OUTSIDE') and 'done'" },
        { "write beside its own directory", "open('OUTSIDE/written', 'w').write('x')\n    return 'done'" },
        { "delete what is not its own", "os.unlink('OUTSIDE/secret')\n    return 'done'" },
        { "read the runner's environment", "return open('/proc/RUNNER/environ').read() and 'done'" },
        { "read its parent's environment", "return open('/proc/%d/environ' % os.getppid()).read() and 'done'" },
        { "look into the runner's memory", "return open('/proc/RUNNER/maps').read() and 'done'" },
        { "see what the runner has open", "return os.readlink('/proc/RUNNER/fd/1') and 'done'" },
        { "go to the runner's root", "return os.listdir('/proc/RUNNER/root/OUTSIDE') and 'done'" },
        { "go there by a link of its own", "os.symlink('OUTSIDE/secret', 'link')\n    return open('link').read() and 'done'" },
        { "connect by TCP", "socket.create_connection(('127.0.0.1', TCP), 5)\n    return 'done'" },
        { "send by UDP", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', UDP))\n    return 'done'" },
        { "listen on a port", "socket.create_server(('127.0.0.1', 0))\n    return 'done'" },
        { "ask the kernel for routes", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)\n    return 'done'" },
        { "send the runner a signal", "os.kill(RUNNER, 0)\n    return 'done'" },
        { "change the runner's limits", "import resource\n    resource.prlimit(RUNNER, resource.RLIMIT_CORE, resource.prlimit(RUNNER, resource.RLIMIT_CORE))\n    return 'done'" },
        { "trace a process", "child = os.fork()\n    if not child:\n        time.sleep(60)\n    done = libc().ptrace(16, child, 0, 0)\n    code = error()\n    os.kill(child, 9)\n    return 'done' if done == 0 else code" },
        { "read a process's memory", "text = ctypes.create_string_buffer(8)\n    place = (ctypes.c_size_t * 2)(ctypes.addressof(text), 8)\n    return 'done' if libc().process_vm_readv(os.getpid(), place, 1, place, 1, 0) >= 0 else error()" },
        { "make a key", "return 'done' if libc().syscall(ADD_KEY, b'user', b'brigade-test', b'x', 1, -2) >= 0 else error()" },
        { "use io_uring", "return 'done' if libc().syscall(425, 4, ctypes.create_string_buffer(256)) >= 0 else error()" },
        { "make a namespace", "return 'done' if libc().unshare(0x40000000 | 0x04000000) == 0 else error()" },
        { "make a queue that outlives it", "queue = libc().msgget(0, 0o600)\n    return 'done' if libc().msgctl(queue, 0, 0) == 0 else error()" },
    };

    /// <summary>In namespaces of its own, what a trial may not see is not there; otherwise it is refused.</summary>
    private static readonly string[] Refusals = ["PermissionError", "refused: "], Absences = [.. Refusals, "FileNotFoundError", "ProcessLookupError"];

    public static MatrixTheoryData<int, int> AtBothLevels => new([1, 2], Enumerable.Range(0, Attempts.Count));

    [Theory]
    [MemberData(nameof(AtBothLevels))]
    public async Task Task_ReachesOut_IsRefused(int level, int number)
    {
        var (what, attempt) = ((string, string))(((ITheoryDataRow)Attempts.ElementAt(number)).GetData() is [string named, string made] ? (named, made) : default);
        using var world = new World();
        var source = Source(world, attempt);

        var inside = await Exploits.AttemptAsync(source, policy: Exploits.At(level));

        Assert.DoesNotContain(Secret, inside, StringComparison.Ordinal);
        Assert.True((level == 1 ? Absences : Refusals).Any(refusal => inside.Contains(refusal, StringComparison.Ordinal)), $"{what}: {inside}");
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(_outside).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Task_ReachesOutWithoutSandbox_Succeeds(string what, string attempt)
    {
        using var world = new World();

        var outside = await Exploits.AttemptAsync(Source(world, attempt), policy: Exploits.Trusting);

        // The machine's own container may refuse single system calls, too.
        Assert.True(outside == "RuntimeError: attempt: done" || (attempt.Contains("error()", StringComparison.Ordinal) && outside.Contains("refused: ", StringComparison.Ordinal)), $"{what}: {outside}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_AsksForAName_GetsNone(int level)
    {
        var answer = await Exploits.AttemptAsync("def attempt():\n    return socket.getaddrinfo('brigade-test.example.com', 80)", policy: Exploits.At(level));

        Assert.Contains("gaierror", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_Environment_HoldsNothingOfTheRunners(int level)
    {
        Environment.SetEnvironmentVariable("BRIGADE_TEST_CANARY", Secret);

        var answer = await Exploits.AttemptAsync("def attempt():\n    return sorted(os.environ)", policy: Exploits.At(level));

        Assert.Contains("BRIGADE_TRIAL", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_HomeOfTheRunnersUser_IsClosed(int level)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        // At the first level it is there with nothing but the runtimes that lie in it, if any do.
        Assert.Matches(level == 1 ? "FileNotFoundError|attempt: \\[('\\.[a-z]+'(, )?)*\\]" : "PermissionError", await Exploits.AttemptAsync($"def attempt():\n    return os.listdir('{home}')", policy: Exploits.At(level)));
        Assert.Matches(level == 1 ? "FileNotFoundError|PermissionError|Read-only file system" : "PermissionError", await Exploits.AttemptAsync($"def attempt():\n    open('{home}/brigade-test', 'w')\n    return 'done'", policy: Exploits.At(level)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_IsRefused_TellsThatItRanInASandbox(int level)
    {
        var result = await Exploits.RunAsync($"def attempt():\n    return open('{_outside}/secret').read()", policy: Exploits.At(level));

        Assert.Contains(result.Warnings, warning => warning.StartsWith("This trial ran in a sandbox: it has no network", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_InCSharp_IsRefusedFilesAndNetwork(int level)
    {
        using var world = new World();
        var code = $$"""
            public static long Task(long index)
            {
                string Try(System.Action action) { try { action(); return "done"; } catch (System.Exception e) { return e.GetType().Name; } }
                var file = Try(() => System.IO.File.ReadAllText("{{_outside}}/secret"));
                var network = Try(() => new System.Net.Sockets.TcpClient().Connect("127.0.0.1", {{world.Tcp}}));
                throw new System.Exception($"{file} {network}");
            }
            """;

        var result = await Exploits.RunAsync(new WorkloadSpec { Code = new CodeSpec { Language = "csharp", Source = code } }, "dotnet", policy: Exploits.At(level));

        Assert.Equal($"Exception: {(level == 1 ? "DirectoryNotFoundException" : "UnauthorizedAccessException")} SocketException", Assert.Single(result.TaskErrors).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_InJavaScript_IsRefusedFilesAndNetwork(int level)
    {
        using var world = new World();
        var code = $$"""
            import fs from 'node:fs';
            import net from 'node:net';
            export async function taskAsync(index) {
              let file = 'done';
              try { fs.readFileSync('{{_outside}}/secret'); } catch (error) { file = error.code; }
              const network = await new Promise(resolve => net.connect({{world.Tcp}}, '127.0.0.1').on('connect', () => resolve('done')).on('error', error => resolve(error.code)));
              throw new Error(`${file} ${network}`);
            }
            """;

        var result = await Exploits.RunAsync(new WorkloadSpec { Code = new CodeSpec { Language = "javascript", Source = code } }, "node", policy: Exploits.At(level));

        Assert.Equal($"Error: {(level == 1 ? "ENOENT" : "EACCES")} EACCES", Assert.Single(result.TaskErrors).Message);
    }

    [Theory]
    [InlineData(1, "dotnet")]
    [InlineData(2, "dotnet")]
    [InlineData(1, "python")]
    [InlineData(2, "python")]
    public async Task Command_ReadsTheRunnersFile_IsRefused(int level, string runtime)
    {
        var command = new WorkloadSpec { Command = new CommandSpec { Argv = ["cat", Path.Combine(_outside, "secret")] } };

        var inside = await Exploits.RunAsync(command, runtime, policy: Exploits.At(level));
        var outside = await Exploits.RunAsync(command, runtime, policy: Exploits.Trusting);

        Assert.Contains(level == 1 ? "No such file" : "Permission denied", Assert.Single(inside.TaskErrors).Message, StringComparison.Ordinal);
        Assert.Equal(TrialStatus.Completed, outside.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_LeavesLinksInItsDirectory_WhatTheyLeadToStays(int level)
    {
        var answer = await Exploits.AttemptAsync($"def attempt():\n    os.symlink('{_outside}', 'directory')\n    os.symlink('{_outside}/secret', 'file')\n    return os.getcwd()", policy: Exploits.At(level));

        Assert.Equal(Secret, File.ReadAllText(Path.Combine(_outside, "secret")));
        Assert.False(Directory.Exists(answer["RuntimeError: attempt: ".Length..]));
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    private string Source(World world, string attempt)
    {
        var addKey = SystemCall.Number(248, 217);
        var body = attempt
            .Replace("OUTSIDE", _outside, StringComparison.Ordinal)
            .Replace("RUNNER", $"{Environment.ProcessId}", StringComparison.Ordinal)
            .Replace("TCP", $"{world.Tcp}", StringComparison.Ordinal)
            .Replace("UDP", $"{world.Udp}", StringComparison.Ordinal)
            .Replace("ADD_KEY", $"{addKey}", StringComparison.Ordinal);
        return $$"""
            def libc():
                return ctypes.CDLL(None, use_errno=True)
            def error():
                return 'refused: ' + os.strerror(ctypes.get_errno())
            def attempt():
                {{body}}
            """;
    }

    /// <summary>What there is to reach.</summary>
    private sealed class World : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly UdpClient _receiver = new(new IPEndPoint(IPAddress.Loopback, 0));

        public World() => _listener.Start();

        public int Tcp => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Udp => ((IPEndPoint)_receiver.Client.LocalEndPoint!).Port;

        public void Dispose()
        {
            _listener.Dispose();
            _receiver.Dispose();
        }
    }
}
