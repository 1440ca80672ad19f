using System.Buffers.Binary;

namespace Brigade.Runner.Sandbox;

/// <summary>A program of the kernel's packet filter machine, which also decides about system calls: it loads a word of what is to be judged, compares, jumps forward, and returns a verdict.</summary>
internal sealed class BpfProgram
{
    /// <summary>Bytes of an instruction: 16 bits of operation, two jumps of 8 bits, 32 bits of operand.</summary>
    public const int InstructionBytes = 8;

    private readonly List<ulong> _instructions = [];

    public int Length => _instructions.Count;

    /// <summary>Loads the word at a place of what is judged.</summary>
    public BpfProgram Load(uint offset) => Add(0x20, offset);

    /// <summary>Keeps these bits of what was loaded.</summary>
    public BpfProgram And(uint mask) => Add(0x54, mask);

    /// <summary>Goes on after so many instructions, by whether what was loaded is equal.</summary>
    public BpfProgram IfEqual(uint value, byte skipIfSo = 0, byte skipIfNot = 0) => Add(0x15, value, skipIfSo, skipIfNot);

    /// <summary>Goes on after so many instructions, by whether what was loaded is at least as large, both without a sign.</summary>
    public BpfProgram IfAtLeast(uint value, byte skipIfSo = 0, byte skipIfNot = 0) => Add(0x35, value, skipIfSo, skipIfNot);

    /// <summary>Ends with a verdict.</summary>
    public BpfProgram Return(uint verdict) => Add(0x06, verdict);

    /// <summary>Appends another program; its jumps are relative and stay right.</summary>
    public BpfProgram Append(BpfProgram other)
    {
        _instructions.AddRange(other._instructions);
        return this;
    }

    /// <summary>As the kernel reads it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_instructions.Count * InstructionBytes];
        for (var index = 0; index < _instructions.Count; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * InstructionBytes), _instructions[index]);
        }

        return bytes;
    }

    private BpfProgram Add(ushort operation, uint operand, byte skipIfSo = 0, byte skipIfNot = 0)
    {
        _instructions.Add(operation | ((ulong)skipIfSo << 16) | ((ulong)skipIfNot << 24) | ((ulong)operand << 32));
        return this;
    }
}
