using System.ComponentModel;

namespace Brigade.Benchmarks;

/// <summary>What other people measure with, from Debian where this machine lacks it.</summary>
internal static class Tools
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    /// <summary>The name of a program, installed where it is missing.</summary>
    public static async Task<string> ProgramAsync(string name, string package)
    {
        if (!await RunsAsync("sh", "-c", $"command -v {name}"))
        {
            await InstallAsync(package);
        }

        return name;
    }

    /// <summary>An interpreter that has a module; where none has, Debian's gets it from a package.</summary>
    public static async Task<string> PythonWithAsync(string module, string package)
    {
        foreach (var interpreter in Interpreters)
        {
            if (await RunsAsync(interpreter, "-c", $"import {module}"))
            {
                return interpreter;
            }
        }

        await InstallAsync(package);
        return Interpreters[0];
    }

    private static async Task InstallAsync(string package)
    {
        Console.Error.WriteLine($"Installing {package} …");
        try
        {
            await Programs.StartAsync("sh", "-c", $"apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq {package}");
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"This suite needs {package}, which could not be installed: install it by hand and run the suite again. {exception.Message}", exception);
        }
    }

    private static async Task<bool> RunsAsync(string file, params string[] arguments)
    {
        try
        {
            await Programs.StartAsync(file, arguments);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
