(function () {
  var form = document.querySelector("form.filters");
  if (!form) return;
  var schools = Array.prototype.slice.call(document.querySelectorAll("details.school"));
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
  var texts = schools.map(function (s) { return s.querySelector("summary").textContent.toLowerCase(); });
  var choices = schools.map(function (s) { return s.dataset.choices.split("\u001f"); });
  form.hidden = false;
  function apply() {
    var text = form.elements.text.value.toLowerCase();
    var shown = 0;
    schools.forEach(function (school, i) {
      var fits = texts[i].indexOf(text) >= 0 && selects.every(function (select) {
        return select.value === "" || choices[i][Number(select.dataset.filter)] === select.value;
      });
      school.hidden = !fits;
      if (fits) shown += 1;
    });
    document.getElementById("count").textContent = shown;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
})();
