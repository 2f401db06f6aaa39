package diff
import ("testing";"sort";"time";"fmt"; "strings")
func TestDist(t *testing.T) {
	skipWithoutReference(t)
	r := newEvalRun(t)
	var ps []string
	for i := range r.n { ps = append(ps, r.program(i)) }
	start := time.Now()
	var as []Result; for i := 0; i < r.n; i += 1000 { as = append(as, r.repl.Eval(t.Context(), ps[i:min(r.n,i+1000)])...) }
	t.Logf("%.0f/s", float64(r.n)/time.Since(start).Seconds())
	m := map[string]int{}; values := 0; vals := map[string]int{}
	for i, a := range as { if a.Tree != "" { values++; vals[a.Tree]++ } else if a.Broken != "" { fmt.Println("BROKEN", ps[i], a.Broken) } else { if strings.Contains(a.Messages[0].Text, "unexpected '...") { fmt.Println("PARSE", a.Messages[0].Text, ps[i]) }; m[messageKind(a.Messages[0].Text)]++ } }
	var ks []string; for k := range m { ks = append(ks, k) }
	sort.Slice(ks, func(i, j int) bool { return m[ks[i]] > m[ks[j]] })
	fmt.Println("values", values, "distinct", len(vals))
	for _, k := range ks { fmt.Println(m[k], k) }
	ks = nil; for k := range vals { ks = append(ks, k) }
	sort.Slice(ks, func(i, j int) bool { return vals[ks[i]] > vals[ks[j]] })
	for _, k := range ks[:min(40,len(ks))] { fmt.Println(vals[k], clip(k,100)) }
}
