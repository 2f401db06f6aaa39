package gen
import ("testing";"fmt";"os")
func TestZZ(t *testing.T) { if os.Getenv("ZZ")=="" {t.Skip()}; for s := range 40 { fmt.Println(ValueProgram(seeded(s+1000), ValueOptions{Size: 30})) } }
