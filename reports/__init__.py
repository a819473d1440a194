"""Reports: pandas over what a run left behind, told as pages, workbooks and data. They run nothing."""
