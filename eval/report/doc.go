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
// JSON writes an error as one line. Object lists the fields; all of them are always there,
// except those that say omitempty.
//
//	{"version":1,"level":"error","code":"missing-attribute","message":"attribute 'prot' missing",
//	 "nix":"attribute 'prot' missing",
//	 "span":{"file":"/w/site.nix","start":{"line":4,"column":1},"end":{"line":4,"column":12},"origin":"user"},
//	 "source":null,"found":[],"suggestions":["port"],"notes":["the set has 'port'"],
//	 "frames":[],"cycle":[],"option":null}
//
// Codes do not change; see Codes, or firn explain. Messages and notes are for people, and
// may become better.
//
// # How it is made
//
// A report takes what the evaluator recorded, parses the texts again to see what stands
// at a place, and looks at files that an error is about. Nothing is evaluated.
//
// Errors have their code from birth, frames their kind, and parts of messages their types:
// see package core. The messages themselves are for people, and no report reads them, with
// one exception. Module systems and other libraries throw text, which has to be matched:
// all of that is in modules.go and packages.go, or a constant that says whose word it is.
//
//	report.go      New, the Report
//	codes.go       the table of codes, which firn explain prints
//	classify.go    the code of an error
//	source.go      what stands where in a text, and what values are called
//	roots.go       whose a file is: the user's or a library's
//	frames.go      calls with their functions, groups that repeat
//	cycle.go       infinite recursion
//	modules.go     errors of module systems
//	packages.go    errors of package sets
//	hints.go       notes: names.go calls.go types.go recursion.go syntax.go files.go git.go
//	texts.go       searches in all texts that were read
//	text.go json.go             what is printed
package report
