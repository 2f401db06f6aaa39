// Package report explains errors of evaluations: what went wrong in which place of
// the user's own files, how it came to that, and what to do about it.
//
//	var e *core.Error
//	…
//	r := report.New(err, report.Options{Main: files, Library: searchPath, Host: host})
//	fmt.Fprint(os.Stderr, r.Text(report.TextOptions{Color: true, Width: 100}))
//	os.Stderr.Write(r.JSON())
//
// # For tools
//
// JSON writes an error as one line: see Object for the fields, all of which are
// always there but for those that say omitempty.
//
//	{"version":1,"level":"error","code":"missing-attribute","message":"attribute 'prot' missing",
//	 "nix":"attribute 'prot' missing",
//	 "span":{"file":"/w/site.nix","start":{"line":4,"column":1},"end":{"line":4,"column":12},"origin":"user"},
//	 "source":null,"found":[],"suggestions":["port"],"notes":["the set has 'port'"],
//	 "frames":[],"cycle":[],"option":null}
//
// Codes do not change their names; see Codes, or firn explain. Messages and notes
// are for people, and may become better.
//
// # How it is made
//
// It takes what the evaluator recorded, parses the texts again to see what stands
// at a place, and looks at files that an error is about. Nothing is evaluated.
//
//	report.go      New, the Report
//	codes.go       the table of codes, which firn explain prints
//	classify.go    which code an error has
//	source.go      what stands where in a text, and what values are called
//	roots.go       whose a file is: the user's or a library's
//	frames.go      calls with their functions, groups that repeat
//	cycle.go       infinite recursion
//	modules.go     errors of module systems
//	hints.go syntax.go files.go git.go   notes
//	texts.go       what is looked for in all texts that were read
//	text.go json.go             what is printed
package report
