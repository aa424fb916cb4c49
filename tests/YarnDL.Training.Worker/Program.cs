// The worker process of the tests: what `yarndl worker` is, without the command line.
return YarnDL.Training.Workers.WorkerProcess.Run(Console.OpenStandardInput());
