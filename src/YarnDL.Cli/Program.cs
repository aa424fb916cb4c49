return YarnDL.YarnDlHost.Run(args);
