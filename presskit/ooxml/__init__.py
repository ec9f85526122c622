"""Word's file format (Office Open XML, ECMA-376), which one station reads and another writes."""
