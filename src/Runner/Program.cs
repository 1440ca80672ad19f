Console.WriteLine("brigade");
