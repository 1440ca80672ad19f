using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>cpu.matrix</c>: multiplies two square matrices of whole numbers, row by row, so that the inner loop runs along the memory with vector instructions.</summary>
internal sealed class CpuMatrix : IKernel
{
    private const int MaximumSize = 1_000;

    private readonly int _size;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly int[] _product;

    public CpuMatrix(KernelSettings settings)
    {
        _size = settings.Whole("size", MaximumSize);
        _left = Fill((row, column) => ((row * 31) + (column * 17) + 1) % 97);
        _right = Fill((row, column) => ((row * 13) + (column * 29) + 2) % 89);
        _product = new int[_size * _size];
    }

    public ulong Run(long index)
    {
        Multiply(_left, _right, _product, _size);
        return WeightedSum(_product);
    }

    /// <summary>A sum of 1,000 products of two digits below 100 is far below 2^31: 32 bits are exact.</summary>
    private static void Multiply(int[] left, int[] right, int[] product, int size)
    {
        Array.Clear(product);
        for (var row = 0; row < size; row++)
        {
            var target = product.AsSpan(row * size, size);
            for (var middle = 0; middle < size; middle++)
            {
                AddScaled(target, right.AsSpan(middle * size, size), left[(row * size) + middle]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(Span<int> target, ReadOnlySpan<int> source, int factor)
    {
        var targets = MemoryMarshal.Cast<int, Vector<int>>(target);
        var sources = MemoryMarshal.Cast<int, Vector<int>>(source);
        for (var block = 0; block < targets.Length; block++)
        {
            targets[block] += sources[block] * factor;
        }

        for (var column = targets.Length * Vector<int>.Count; column < target.Length; column++)
        {
            target[column] += source[column] * factor;
        }
    }

    /// <summary>Each element times its position from 1, so that elements in the wrong place are noticed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong WeightedSum(int[] product)
    {
        var sum = 0UL;
        for (var position = 0; position < product.Length; position++)
        {
            sum = unchecked(sum + ((ulong)product[position] * (ulong)(position + 1)));
        }

        return sum;
    }

    private int[] Fill(Func<int, int, int> element)
    {
        var matrix = new int[_size * _size];
        for (var position = 0; position < matrix.Length; position++)
        {
            matrix[position] = element(position / _size, position % _size);
        }

        return matrix;
    }
}
