using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Brigade.Runner.TrialHosts.DotNet.Children;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>A <see cref="KernelServer"/> beside the workers of a trial, each of which finds its address in the trial's directory.</summary>
internal sealed class ServerFixture : IKernelFixture
{
    private const string SocketName = "server.sock";
    private const string PortName = "server.port";

    private readonly ChildProcess _process;

    private ServerFixture(string kernel, string kind, string scratch, bool isTcp)
    {
        _process = ChildProcess.Start([KernelServer.Verb, kind, isTcp ? KernelServer.Tcp : Path.Combine(scratch, SocketName)], []);
        var address = ReadLine()
            ?? throw new TrialFailedException($"{kernel}: the server process that the workers talk to {_process.DescribeEnd()} before it listened; standard error says why.");
        if (isTcp)
        {
            File.WriteAllText(Path.Combine(scratch, PortName), address);
        }
    }

    public static ServerFixture StartTcp(KernelSettings settings, string kind) => new(settings.Kernel, kind, settings.Scratch, isTcp: true);

    public static ServerFixture StartUnix(KernelSettings settings, string kind) => new(settings.Kernel, kind, settings.Scratch, isTcp: false);

    /// <summary>A worker's connection over TCP.</summary>
    public static Socket ConnectTcp(string scratch)
    {
        var port = int.Parse(File.ReadAllText(Path.Combine(scratch, PortName)), CultureInfo.InvariantCulture);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    /// <summary>A worker's connection over a Unix domain socket.</summary>
    public static Socket ConnectUnix(string scratch)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(scratch, SocketName)));
        return socket;
    }

    /// <summary>The end of its input would end the server too; a trial has nothing to wait for.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.DescribeEnd();
        _process.Dispose();
    }

    private string? ReadLine()
    {
        var line = new StringBuilder();
        var bytes = new byte[256];
        int read;
        while ((read = Native.Read(_process.Output, bytes)) > 0)
        {
            line.Append(Encoding.UTF8.GetString(bytes, 0, read));
            if (bytes[read - 1] == (byte)'\n')
            {
                return line.ToString().TrimEnd('\n');
            }
        }

        return null;
    }
}
